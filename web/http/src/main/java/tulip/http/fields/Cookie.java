// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// A cookie as a client sends it (RFC 6265, section 4.2).
///
/// @param name not empty
/// @param value as it was set, quotes included
public record Cookie(String name, String value) {
  /// Checks both.
  ///
  /// @throws IllegalArgumentException if one of them would end early or begin something else
  public Cookie {
    if (name.isEmpty() || name.indexOf('=') >= 0 || !isClean(name) || !isClean(value)) {
      throw new IllegalArgumentException("a cookie's name or value with a forbidden character");
    }
  }

  /// No control characters and no semicolon; blanks and commas are forbidden to servers, but sent.
  static boolean isClean(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c != ';' && c != 0x7F && c <= 0xFF);
  }

  /// Reads all Cookie fields of a request. What is no cookie is left out.
  public static List<Cookie> parse(Headers headers) {
    var cookies = new ArrayList<Cookie>();
    for (var value : headers.all(HeaderName.COOKIE)) {
      for (var pair : value.split(";", -1)) {
        int equals = pair.indexOf('=');
        var name = equals < 0 ? "" : pair.substring(0, equals).strip();
        var content = pair.substring(equals + 1).strip();
        if (!name.isEmpty() && isClean(name) && isClean(content)) {
          cookies.add(new Cookie(name, content));
        }
      }
    }
    return List.copyOf(cookies);
  }

  /// Writes the value of a Cookie field.
  public static String format(List<Cookie> cookies) {
    return cookies.stream().map(Cookie::pair).collect(Collectors.joining("; "));
  }

  String pair() {
    return name + "=" + value;
  }

  /// {@return the name alone: values are secrets}
  @Override
  public String toString() {
    return name + "=***";
  }
}
