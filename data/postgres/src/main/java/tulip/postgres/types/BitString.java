// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

/// A value of `bit` or `varbit`.
///
/// @param digits `0` and `1`
public record BitString(String digits) {
  /// Checks it.
  public BitString {
    if (!digits.chars().allMatch(c -> c == '0' || c == '1')) {
      throw new IllegalArgumentException("bits are 0 and 1, not " + digits);
    }
  }
}
