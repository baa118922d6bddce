// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

/// How a database reads its statements, as far as one must know to find parameters and semicolons
/// outside of texts, names and comments.
///
/// @param backslashes escape in texts, as MySQL has it
/// @param backticks enclose names
/// @param brackets enclose names
/// @param hashes begin a comment
/// @param nestedComments a comment may stand in one
/// @param dollarQuotes texts may stand between `$$` or `$tag$`
/// @param questionMarks are operators, which JDBC wants doubled
public record SqlSyntax(
    boolean backslashes,
    boolean backticks,
    boolean brackets,
    boolean hashes,
    boolean nestedComments,
    boolean dollarQuotes,
    boolean questionMarks) {
  /// As the standard has it.
  public static final SqlSyntax STANDARD =
      new SqlSyntax(false, false, false, false, false, false, false);

  /// PostgreSQL's.
  public static final SqlSyntax POSTGRESQL =
      new SqlSyntax(false, false, false, false, true, true, true);

  /// MySQL's and MariaDB's.
  public static final SqlSyntax MYSQL = new SqlSyntax(true, true, false, true, false, false, false);

  /// H2's.
  public static final SqlSyntax H2 = new SqlSyntax(false, true, false, false, true, true, false);

  /// SQLite's.
  public static final SqlSyntax SQLITE =
      new SqlSyntax(false, true, true, false, false, false, false);

  /// SQL Server's.
  public static final SqlSyntax SQL_SERVER =
      new SqlSyntax(false, false, true, false, true, false, false);
}
