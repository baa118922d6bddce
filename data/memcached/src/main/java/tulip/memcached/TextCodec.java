// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Text in UTF-8.
record TextCodec(int flags) implements ValueCodec<String> {
  @Override
  public Encoded encode(String value) {
    return new Encoded(Bytes.ofUtf8(value), flags);
  }

  @Override
  public String decode(Encoded stored) throws MalformedException {
    return stored.bytes().utf8Strict();
  }
}
