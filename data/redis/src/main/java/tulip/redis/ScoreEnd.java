// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

/// An end of a sorted set.
public enum ScoreEnd {
  /// The lowest score.
  MIN,
  /// The highest score.
  MAX
}
