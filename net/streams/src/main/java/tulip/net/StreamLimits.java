// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.time.Duration;

/// How much a stream keeps in memory, and how long it says goodbye.
///
/// @param input the most bytes that are received ahead, and so the longest line or message that the
///   stream's own reading methods take in one piece; 64 KiB if nothing else is said
/// @param output how many written bytes may wait for the peer before writing waits; 64 KiB. A write
///   goes on when a quarter of this is left
/// @param close how long [ByteStream#close] tries to deliver what was written; 30 s
public record StreamLimits(int input, int output, Duration close) {
  /// The limits of a stream for which nothing else is said.
  public static final StreamLimits DEFAULT =
      new StreamLimits(64 * 1024, 64 * 1024, Duration.ofSeconds(30));

  /// Checks them.
  public StreamLimits {
    if (input < 1 || output < 1) {
      throw new IllegalArgumentException(
          "a stream needs room: " + input + " bytes of input, " + output + " of output");
    }
    if (close.isNegative()) {
      throw new IllegalArgumentException("time to close must not be negative: " + close);
    }
  }

  /// The same with another limit of bytes received ahead.
  public StreamLimits withInput(int input) {
    return new StreamLimits(input, output, close);
  }

  /// The same with another limit of bytes that wait for the peer.
  public StreamLimits withOutput(int output) {
    return new StreamLimits(input, output, close);
  }

  /// The same with another time for closing.
  public StreamLimits withClose(Duration close) {
    return new StreamLimits(input, output, close);
  }
}
