// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

/// What positions in a string count.
public enum BitUnit {
  /// Bytes.
  BYTE,
  /// Bits.
  BIT
}
