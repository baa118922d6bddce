// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

/// Where a row is in its table: `tid`, the type of `ctid`.
///
/// @param block the page, an unsigned number of 32 bits
/// @param offset in it
public record Tid(long block, int offset) {
  /// As PostgreSQL prints it.
  @Override
  public String toString() {
    return "(" + block + "," + offset + ")";
  }
}
