// SPDX-License-Identifier: Apache-2.0
package tulip.sqlite;

import java.util.regex.Pattern;

/// What statements are about, as far as that can be told from their words.
final class Statements {
  private static final Pattern READS =
      Pattern.compile(
          "(?:\\s|--[^\n]*\n|/\\*.*?\\*/)*(?:(with)|select|values|explain|pragma)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern WRITING_WORD =
      Pattern.compile("\\b(?:insert|update|delete|replace)\\b", Pattern.CASE_INSENSITIVE);

  private Statements() {}

  /// Whether a statement may write. One that is wrongly said to waits for nothing, one that wrongly
  /// is not takes SQLite's own lock without standing in line.
  static boolean mayWrite(String sql) {
    var reads = READS.matcher(sql);
    return !reads.matches() || (reads.group(1) != null && WRITING_WORD.matcher(sql).find());
  }
}
