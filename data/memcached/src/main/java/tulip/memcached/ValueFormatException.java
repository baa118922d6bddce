// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import tulip.bytes.MalformedException;

/// What is stored under a key is not what the client's [ValueCodec] makes: another program has
/// written it, or an older version of this one.
public final class ValueFormatException extends MemcachedException {
  private static final long serialVersionUID = 1;

  ValueFormatException(String key, MalformedException cause) {
    super("the value of " + key + " cannot be decoded: " + cause.getMessage());
    initCause(cause);
  }
}
