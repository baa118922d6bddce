// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.util.List;

/// Lists inside of field values (RFC 9110, section 5.6.1).
final class ListSyntax {
  private ListSyntax() {}

  /// Adds the elements of a list, without the blanks around them.
  ///
  /// @param separator parts them where it is not within a quoted string
  static void split(String list, char separator, List<String> elements) {
    int begin = 0;
    boolean quoted = false;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++; // a quoted pair: the next character stands for itself
      } else if (c == separator && !quoted) {
        add(list, begin, i, elements);
        begin = i + 1;
      }
    }
    add(list, begin, list.length(), elements);
  }

  private static void add(String list, int begin, int end, List<String> elements) {
    int from = begin;
    int to = end;
    while (from < to && FieldText.isBlank(list.charAt(from))) {
      from++;
    }
    while (from < to && FieldText.isBlank(list.charAt(to - 1))) {
      to--;
    }
    if (from < to) {
      elements.add(list.substring(from, to));
    }
  }
}
