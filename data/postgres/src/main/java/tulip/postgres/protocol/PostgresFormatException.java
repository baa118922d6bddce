// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.protocol;

import java.io.Serial;

/// The server has sent what it cannot send, or more than is allowed here. The connection is good
/// for nothing any more.
public final class PostgresFormatException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /// One with a message that says what was wrong.
  public PostgresFormatException(String message) {
    super(message);
  }
}
