// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.io.IOException;

/// A server has answered, but not with a result. That an item is not there, or was not stored
/// because of a condition, is no error.
public abstract sealed class MemcachedException extends IOException
    permits ClientErrorException, ServerErrorException, ValueFormatException {
  private static final long serialVersionUID = 1;

  MemcachedException(String message) {
    super(message);
  }
}
