// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

/// Goes through a statement piece by piece: a text, a name, a comment, a word, or one character.
///
/// What is not closed goes to the end: the database will say so.
final class SqlScanner {
  private final String sql;
  private final SqlSyntax syntax;

  SqlScanner(String sql, SqlSyntax syntax) {
    this.sql = sql;
    this.syntax = syntax;
  }

  /// Where the piece ends that begins at a place.
  int end(int start) {
    char first = sql.charAt(start);
    return switch (first) {
      case '\'', '"' -> quoted(start, syntax.backslashes());
      case '`' -> syntax.backticks() ? quoted(start, false) : start + 1;
      case '[' -> syntax.brackets() ? after("]", start + 1) : start + 1;
      case '#' -> syntax.hashes() ? after("\n", start) : start + 1;
      case '-' -> sql.startsWith("--", start) ? after("\n", start) : start + 1;
      case '/' -> sql.startsWith("/*", start) ? comment(start) : start + 1;
      case '$' -> syntax.dollarQuotes() ? dollarQuoted(start) : start + 1;
      default -> isWord(first) ? word(start) : start + 1;
    };
  }

  /// Whether a piece says nothing: a blank or a comment.
  boolean isSilent(int start) {
    char first = sql.charAt(start);
    return Character.isWhitespace(first)
        || sql.startsWith("--", start)
        || sql.startsWith("/*", start)
        || (first == '#' && syntax.hashes());
  }

  private int after(String mark, int from) {
    int at = sql.indexOf(mark, from);
    return at < 0 ? sql.length() : at + mark.length();
  }

  /// A doubled mark is one text after the other here, which comes to the same.
  private int quoted(int start, boolean backslashes) {
    char mark = sql.charAt(start);
    for (int i = start + 1; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c == mark) {
        return i + 1;
      } else if (c == '\\' && backslashes) {
        i++;
      }
    }
    return sql.length();
  }

  private int comment(int start) {
    if (!syntax.nestedComments()) {
      return after("*/", start + 2);
    }
    int depth = 1;
    int i = start + 2;
    while (i < sql.length() && depth > 0) {
      if (sql.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (sql.startsWith("*/", i)) {
        depth--;
        i += 2;
      } else {
        i++;
      }
    }
    return i;
  }

  private int dollarQuoted(int start) {
    int i = start + 1;
    while (i < sql.length() && isWord(sql.charAt(i)) && sql.charAt(i) != '$') {
      i++;
    }
    boolean isTag = i < sql.length() && sql.charAt(i) == '$';
    if (!isTag || (i > start + 1 && Character.isDigit(sql.charAt(start + 1)))) {
      return start + 1;
    }
    return after(sql.substring(start, i + 1), i + 1);
  }

  /// A dollar in a word is no parameter. `E'...'` is a text with backslashes where there are texts
  /// in dollars.
  private int word(int start) {
    int i = start;
    while (i < sql.length() && isWord(sql.charAt(i))) {
      i++;
    }
    boolean escapes = i == start + 1 && (sql.charAt(start) | ' ') == 'e' && syntax.dollarQuotes();
    return escapes && i < sql.length() && sql.charAt(i) == '\'' ? quoted(i, true) : i;
  }

  private static boolean isWord(char c) {
    return c == '_' || c == '$' || Character.isLetterOrDigit(c);
  }
}
