// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

/// When a transport asks its protocol to stop writing, and when to go on.
///
/// @param low so many waiting bytes are few enough to go on
/// @param high more than so many are too many
public record WriteBufferLimits(int low, int high) {
  /// Checks them.
  public WriteBufferLimits {
    if (low < 0 || high < low) {
      throw new IllegalArgumentException(
          "the limits must be 0 <= low <= high, and are " + low + " and " + high);
    }
  }

  /// Stops above this, and goes on at a quarter of it.
  public static WriteBufferLimits ofHigh(int high) {
    return new WriteBufferLimits(high / 4, high);
  }

  /// Goes on at this, and stops above four times of it.
  public static WriteBufferLimits ofLow(int low) {
    return new WriteBufferLimits(low, Math.multiplyExact(low, 4));
  }
}
