// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A statement as JDBC wants it: with `?` for `$1`, `$2` ..., in any order and as often as they
/// stand there.
///
/// @param sql with question marks
/// @param places which parameter each question mark is, from 1
/// @param parameters how many parameters there are
/// @param verb the first word in lower case, such as `select`; empty if there is none
record StatementText(String sql, List<Integer> places, int parameters, String verb) {
  private static final int MOST_DIGITS = 5;

  private static final Pattern BEGIN =
      Pattern.compile(
          "(begin|start)(\\s+(work|tran|transaction|deferred|immediate|exclusive|isolation|read)\\b.*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern END =
      Pattern.compile(
          "(commit|end|rollback)(\\s+(work|tran|transaction))?", Pattern.CASE_INSENSITIVE);

  static StatementText parse(String sql, SqlSyntax syntax) {
    var scanner = new SqlScanner(sql, syntax);
    var text = new StringBuilder(sql.length());
    var places = new ArrayList<Integer>();
    var verb = "";
    int end;
    for (int start = 0; start < sql.length(); start = end) {
      end = scanner.end(start);
      if (sql.charAt(start) == '$' && end == start + 1) {
        end = digitsEnd(sql, end);
      }
      if (sql.charAt(start) == '$' && isNumber(sql, start + 1, end)) {
        places.add(Integer.parseInt(sql, start + 1, end, 10));
        text.append('?');
      } else {
        boolean doubled = sql.charAt(start) == '?' && syntax.questionMarks();
        text.append(sql, start, end).append(doubled ? "?" : "");
        if (verb.isEmpty() && Character.isLetter(sql.charAt(start))) {
          verb = sql.substring(start, end).toLowerCase(Locale.ROOT);
        }
      }
    }
    int parameters = places.stream().mapToInt(Integer::intValue).max().orElse(0);
    return new StatementText(text.toString(), List.copyOf(places), parameters, verb);
  }

  private static int digitsEnd(String sql, int start) {
    int end = start;
    while (end < sql.length() && end - start < MOST_DIGITS && Character.isDigit(sql.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isNumber(String sql, int start, int end) {
    return end > start && sql.charAt(start) >= '1' && sql.charAt(start) <= '9';
  }

  /// @throws IllegalArgumentException if there are not as many arguments as parameters
  void check(@Nullable Object[] arguments) {
    if (arguments.length != parameters) {
      throw new IllegalArgumentException(
          "%d arguments for %d parameters of: %s".formatted(arguments.length, parameters, sql));
    }
  }

  /// Whether it begins a transaction.
  boolean begins() {
    return (verb.equals("begin") || verb.equals("start")) && BEGIN.matcher(plain()).matches();
  }

  /// Whether it ends one.
  boolean ends() {
    boolean may = verb.equals("commit") || verb.equals("end") || verb.equals("rollback");
    return may && END.matcher(plain()).matches();
  }

  private String plain() {
    return sql.strip().replaceFirst("\\s*;$", "");
  }

  /// The statements of a script, without those that say nothing.
  static List<String> split(String script, SqlSyntax syntax) {
    var scanner = new SqlScanner(script, syntax);
    var statements = new ArrayList<String>();
    boolean says = false;
    int begin = 0;
    int end;
    for (int start = 0; start < script.length(); start = end) {
      end = scanner.end(start);
      if (script.charAt(start) != ';') {
        says |= !scanner.isSilent(start);
      } else {
        if (says) {
          statements.add(script.substring(begin, start));
        }
        says = false;
        begin = end;
      }
    }
    if (says) {
      statements.add(script.substring(begin));
    }
    return statements;
  }
}
