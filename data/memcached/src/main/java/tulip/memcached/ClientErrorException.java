// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

/// The server says that the request makes no sense: adding to a value that is no number, a command
/// that it does not know. To ask again does not help. Nothing was executed.
public final class ClientErrorException extends MemcachedException {
  private static final long serialVersionUID = 1;

  ClientErrorException(String message) {
    super(message);
  }
}
