// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

/// H2 databases in memory.
final class H2 {
  /// A statement that takes hours, if nobody cancels it.
  static final String SLOW =
      "select sum(a.\"X\" * b.\"X\") from system_range(1, 1000000) a, system_range(1, 1000000) b";

  private H2() {}

  /// A database that lives as long as the JVM.
  static String url(String name) {
    return "jdbc:h2:mem:" + name + ";DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
  }
}
