// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

/// The value is larger than the server accepts: see its option `-I`. What was stored under the key
/// before is gone.
public final class ValueTooLargeException extends ServerErrorException {
  private static final long serialVersionUID = 1;

  ValueTooLargeException(String message) {
    super(message);
  }
}
