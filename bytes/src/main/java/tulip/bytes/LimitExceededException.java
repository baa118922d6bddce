// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import java.io.Serial;

/// Says that a buffer would have grown past its limit.
///
/// The buffer is as it was before the call. Unchecked, because whoever fills a buffer can ask for
/// its free room first ([ByteQueue#room]) and stop reading: back-pressure, not an error.
public final class LimitExceededException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /// What the buffer may hold, in bytes.
  private final int limit;

  /// Describes one refused addition.
  ///
  /// @param limit what the buffer may hold, in bytes
  /// @param held what it holds
  /// @param more what was to be added
  LimitExceededException(int limit, int held, int more) {
    super(held + " bytes held and " + more + " more are above the limit of " + limit + " bytes");
    this.limit = limit;
  }

  /// {@return the limit in bytes}
  public int limit() {
    return limit;
  }
}
