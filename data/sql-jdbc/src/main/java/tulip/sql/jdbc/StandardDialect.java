// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

/// A database of which nothing is known but how it reads statements.
final class StandardDialect extends JdbcDialect {
  private final SqlSyntax syntax;

  StandardDialect(SqlSyntax syntax) {
    this.syntax = syntax;
  }

  @Override
  public SqlSyntax syntax() {
    return syntax;
  }
}
