// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

/// How much a connection takes in.
///
/// @param message the longest message of the server, in bytes: a row, a notification
/// @param result the largest result that is kept in memory, in bytes on the wire; what is larger is
///   for streams
/// @param pending how many statements may wait for their results on one connection
/// @param fetch how many rows of a stream the server sends ahead
public record PostgresLimits(int message, long result, int pending, int fetch) {
  /// 256 MiB a message, 1 GiB a result, 10,000 statements, 1,000 rows.
  public static final PostgresLimits DEFAULT =
      new PostgresLimits(256 << 20, 1L << 30, 10_000, 1_000);

  private static final int LEAST = 1 << 16;
  private static final int MOST = 1 << 30;

  /// Checks them.
  public PostgresLimits {
    if (message < LEAST || message > MOST || result < LEAST || pending < 1 || fetch < 1) {
      throw new IllegalArgumentException(
          "limits of %d bytes a message (%d to %d), %d a result, %d statements, %d rows"
              .formatted(message, LEAST, MOST, result, pending, fetch));
    }
  }

  /// The same with another limit of messages.
  public PostgresLimits withMessage(int message) {
    return new PostgresLimits(message, result, pending, fetch);
  }

  /// The same with another limit of results.
  public PostgresLimits withResult(long result) {
    return new PostgresLimits(message, result, pending, fetch);
  }

  /// The same with another limit of statements.
  public PostgresLimits withPending(int pending) {
    return new PostgresLimits(message, result, pending, fetch);
  }

  /// The same with another number of rows sent ahead.
  public PostgresLimits withFetch(int fetch) {
    return new PostgresLimits(message, result, pending, fetch);
  }
}
