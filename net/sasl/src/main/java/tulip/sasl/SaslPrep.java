// SPDX-License-Identifier: Apache-2.0
package tulip.sasl;

import java.text.Normalizer;

/// Prepares passwords, so that what was typed in different ways compares equal: SASLprep, RFC 4013.
final class SaslPrep {
  private SaslPrep() {}

  /// The prepared text; or the text as it is, if it has what SASLprep does not allow. Servers do
  /// the same, since older passwords may be anything.
  static String prepare(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      return text;
    }
    var mapped = new StringBuilder();
    text.codePoints()
        .filter(c -> !isMappedToNothing(c))
        .map(SaslPrep::mapSpace)
        .forEach(mapped::appendCodePoint);
    var prepared = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
    boolean allowed =
        !prepared.isEmpty() && prepared.codePoints().noneMatch(SaslPrep::isProhibited);
    return allowed ? prepared : text;
  }

  /// RFC 3454, table B.1.
  private static boolean isMappedToNothing(int c) {
    return c == 0xAD
        || c == 0x34F
        || c == 0x1806
        || (c >= 0x180B && c <= 0x180D)
        || (c >= 0x200B && c <= 0x200D)
        || c == 0x2060
        || (c >= 0xFE00 && c <= 0xFE0F)
        || c == 0xFEFF;
  }

  /// RFC 3454, table C.1.2.
  private static int mapSpace(int c) {
    return Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c;
  }

  /// RFC 3454, the tables that RFC 4013 section 2.3 names.
  private static boolean isProhibited(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> (c & 0xFFFE) == 0xFFFE || (c >= 0xFFF9 && c <= 0xFFFD);
    };
  }
}
