// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

/// How bits are combined.
public enum BitOperation {
  /// Set in all.
  AND,
  /// Set in any.
  OR,
  /// Set in an odd number.
  XOR,
  /// Not set in the only one.
  NOT
}
