// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The forms of a request's target.
///
/// Characters are taken as browsers send them: all of ASCII that is printable, but the `#` of a
/// fragment. RFC 3986 allows fewer; but what it leaves out, such as a bar or a brace in a query,
/// comes from browsers daily and cuts no message in two.
final class TargetSyntax {
  private TargetSyntax() {}

  static RequestTarget parse(Method method, String text) {
    if (method.equals(Method.CONNECT)) {
      return new RequestTarget.Tunnel(authority(text));
    }
    if (text.startsWith("/")) {
      int mark = text.indexOf('?');
      return new RequestTarget.Origin(path(text, 0, mark), query(text, mark));
    }
    if (text.equals("*") && method.equals(Method.OPTIONS)) {
      return RequestTarget.Asterisk.ASTERISK;
    }
    return absolute(text);
  }

  private static RequestTarget absolute(String text) {
    int scheme = text.indexOf("://");
    if (scheme < 0) {
      throw new IllegalArgumentException("neither a path nor a URI: " + Shown.quote(text));
    }
    int begin = scheme + 3;
    int mark = text.indexOf('?', begin);
    int end = mark < 0 ? text.length() : mark;
    int slash = text.indexOf('/', begin, end);
    var host = authority(text.substring(begin, slash < 0 ? end : slash));
    var path = slash < 0 ? "" : path(text, slash, mark);
    return new RequestTarget.Absolute(
        text.substring(0, scheme).toLowerCase(Locale.ROOT), host, path, query(text, mark));
  }

  private static String path(String text, int from, int mark) {
    return mark < 0 ? text.substring(from) : text.substring(from, mark);
  }

  private static @Nullable String query(String text, int mark) {
    return mark < 0 ? null : text.substring(mark + 1);
  }

  private static Authority authority(String text) {
    var authority = Authority.parse(text);
    if (authority == null) {
      throw new IllegalArgumentException("not a host and port: " + Shown.quote(text));
    }
    return authority;
  }

  static void checkScheme(String scheme) {
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("neither http nor https: " + Shown.quote(scheme));
    }
  }

  static void checkPath(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a path without a slash ahead: " + Shown.quote(path));
    }
    check(path);
    if (path.indexOf('?') >= 0) {
      throw new IllegalArgumentException("a question mark in a path: " + Shown.quote(path));
    }
  }

  static void checkQuery(@Nullable String query) {
    if (query != null) {
      check(query);
    }
  }

  private static void check(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '#') {
        throw new IllegalArgumentException(
            "U+%04X in a request's target; percent-encode it".formatted((int) c));
      }
    }
  }
}
