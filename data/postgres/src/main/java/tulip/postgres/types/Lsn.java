// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

/// A position in the log of the server: `pg_lsn`.
///
/// @param position in bytes, an unsigned number
public record Lsn(long position) implements Comparable<Lsn> {
  /// Reads it as PostgreSQL prints it: `16/B374D848`.
  ///
  /// @throws IllegalArgumentException if it is none
  public static Lsn parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("'" + text + "' is no position in a log");
    }
    long high = Integer.parseUnsignedInt(text.substring(0, slash), 16);
    long low = Integer.toUnsignedLong(Integer.parseUnsignedInt(text.substring(slash + 1), 16));
    return new Lsn(high << 32 | low);
  }

  @Override
  public int compareTo(Lsn other) {
    return Long.compareUnsigned(position, other.position);
  }

  /// As PostgreSQL prints it.
  @Override
  public String toString() {
    return "%X/%X".formatted(position >>> 32, position & 0xFFFF_FFFFL);
  }
}
