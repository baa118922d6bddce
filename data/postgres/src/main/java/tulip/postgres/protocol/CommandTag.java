// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.protocol;

/// What CommandComplete says.
///
/// @param text such as `INSERT 0 1`
/// @param rows how many rows it was about; 0 if it does not say
public record CommandTag(String text, long rows) {
  /// What a script without statements gives.
  public static final CommandTag NONE = new CommandTag("", 0);

  /// The one of the present message.
  ///
  /// @throws PostgresFormatException if it is malformed
  public static CommandTag read(BackendReader message) throws PostgresFormatException {
    return parse(message.takeString());
  }

  /// Reads the number at the end, if there is one.
  public static CommandTag parse(String text) {
    int blank = text.lastIndexOf(' ');
    long rows = 0;
    for (int i = blank + 1; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return new CommandTag(text, 0);
      }
      rows = rows * 10 + digit;
    }
    return new CommandTag(text, rows);
  }
}
