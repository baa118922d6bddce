// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

/// When an expiry is set.
public enum ExpireCondition {
  /// Only if the key does not expire yet.
  NX,
  /// Only if the key expires already.
  XX,
  /// Only if that is later than before.
  GT,
  /// Only if that is earlier than before.
  LT
}
