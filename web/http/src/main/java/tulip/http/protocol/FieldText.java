// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

/// What text of a head may consist of (RFC 9110, section 5.5): printable characters of ISO 8859-1,
/// blanks and tabs. A line end in a value would begin another field, or another message.
final class FieldText {
  private FieldText() {}

  /// Refuses text that would break the head it is written to.
  ///
  /// @param what it is, for the message
  static void check(String text, String what) {
    for (int i = 0; i < text.length(); i++) {
      if (!isAllowed(text.charAt(i))) {
        throw new IllegalArgumentException(
            "character %d of %s is U+%04X, which cannot be sent; percent-encode it"
                .formatted(i, what, (int) text.charAt(i)));
      }
    }
  }

  /// As [#check], for a field's value: it must not begin or end with blanks either, since those are
  /// not part of it.
  static void checkValue(HeaderName name, String value) {
    int length = value.length();
    for (int i = 0; i < length; i++) {
      if (!isAllowed(value.charAt(i))) {
        check(value, "the value of " + name);
      }
    }
    if (length > 0 && (isBlank(value.charAt(0)) || isBlank(value.charAt(length - 1)))) {
      throw new IllegalArgumentException("the value of " + name + " begins or ends with a blank");
    }
  }

  static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isAllowed(char c) {
    return c >= ' ' ? c != 0x7F && c <= 0xFF : c == '\t';
  }
}
