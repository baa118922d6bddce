// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

/// The server says that it cannot do what it was asked for: it is out of memory. Nothing was
/// stored; an old value under the key may be gone.
public sealed class ServerErrorException extends MemcachedException permits ValueTooLargeException {
  private static final long serialVersionUID = 1;

  ServerErrorException(String message) {
    super(message);
  }
}
