// SPDX-License-Identifier: Apache-2.0
package tulip.pipelining;

import java.time.Duration;
import tulip.net.StreamLimits;

/// How much a [Pipeline] takes on.
///
/// @param calls how many may wait for their replies before others wait to be sent
/// @param unsent how many bytes may wait for the server to take them before others wait to be sent
/// @param silence when the server has said nothing for so long, or up to twice as long, though
///   replies are owed, the connection is given up; zero for never
public record PipelineLimits(int calls, int unsent, Duration silence) {
  /// Checks them.
  public PipelineLimits {
    if (calls < 1 || unsent < 1 || silence.isNegative()) {
      throw new IllegalArgumentException(
          "limits of a pipeline: %d calls, %d bytes unsent, %s of silence"
              .formatted(calls, unsent, silence));
    }
  }

  /// The limits that a stream must have below a pipeline: writing never waits, so that requests
  /// stand on the wire in the order of their calls.
  ///
  /// @param input the longest message from the server, in bytes
  public static StreamLimits stream(int input) {
    return new StreamLimits(input, Integer.MAX_VALUE, Duration.ZERO);
  }
}
