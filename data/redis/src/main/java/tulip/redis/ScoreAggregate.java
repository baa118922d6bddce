// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

/// What becomes of the scores that a member has in several sets.
public enum ScoreAggregate {
  /// They are added.
  SUM,
  /// The lowest counts.
  MIN,
  /// The highest counts.
  MAX
}
