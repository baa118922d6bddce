// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.net.IDN;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tulip.bytes.MalformedException;
import tulip.http.fields.Credentials.Login;
import tulip.http.fields.Percent;
import tulip.http.protocol.Authority;

/// Reads URLs and references (RFC 3986, sections 3 and 5.2).
final class UrlSyntax {
  /// How RFC 3986, appendix B, takes a reference apart: scheme, authority, path, query, fragment.
  private static final Pattern PARTS =
      Pattern.compile("(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?");

  private static final Set<String> SCHEMES = Set.of("http", "https", "ws", "wss");
  private static final String IN_PATH = "/:@!$&'()*+,;=";
  private static final String IN_QUERY = IN_PATH + "?";

  /// A last label like this makes the host a number, which must then be an address.
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");

  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])(?:\\.(?!$)|$)){4}");

  private UrlSyntax() {}

  private record Parts(
      @Nullable String scheme,
      @Nullable String authority,
      String path,
      @Nullable String query,
      @Nullable String fragment) {

    static Parts of(String text) {
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("a control character in a URL");
      }
      var matcher = PARTS.matcher(text.strip());
      if (!matcher.matches()) {
        throw new AssertionError("anything matches");
      }
      var scheme = matcher.group(1);
      return new Parts(
          scheme == null ? null : scheme.toLowerCase(Locale.ROOT),
          matcher.group(2),
          matcher.group(3),
          matcher.group(4),
          matcher.group(5));
    }
  }

  static Url parse(String text) {
    var parts = Parts.of(text);
    if (parts.scheme == null) {
      throw new IllegalArgumentException("a URL without http:// or https:// ahead: " + text);
    }
    return absolute(parts.scheme, parts);
  }

  private static Url absolute(String scheme, Parts parts) {
    if (!SCHEMES.contains(scheme)) {
      throw new IllegalArgumentException("a URL of " + scheme + ", where http or https is spoken");
    }
    if (parts.authority == null || parts.authority.isEmpty()) {
      throw new IllegalArgumentException("a URL without a host");
    }
    int at = parts.authority.lastIndexOf('@');
    return new Url(
        scheme,
        authority(parts.authority.substring(at + 1)),
        at < 0 ? null : login(parts.authority.substring(0, at)),
        path(parts.path),
        query(parts.query),
        fragment(parts.fragment));
  }

  static Url resolve(Url base, String reference) {
    var parts = Parts.of(reference);
    var scheme = parts.scheme == null ? base.scheme() : parts.scheme;
    if (parts.scheme != null || parts.authority != null) {
      return absolute(scheme, parts);
    }
    boolean samePage = parts.path.isEmpty();
    return new Url(
        scheme,
        base.authority(),
        base.login(),
        samePage ? base.path() : path(merged(base.path(), parts.path)),
        samePage && parts.query == null ? base.query() : query(parts.query),
        fragment(parts.fragment));
  }

  private static String merged(String base, String path) {
    return path.startsWith("/") ? path : base.substring(0, base.lastIndexOf('/') + 1) + path;
  }

  // ---- parts ----

  private static Authority authority(String text) {
    int colon = text.lastIndexOf(':');
    boolean noPort = colon < 0 || text.endsWith("]");
    var host = host(noPort ? text : text.substring(0, colon));
    var authority = Authority.parse(noPort ? host : host + text.substring(colon));
    if (authority == null) {
      throw new IllegalArgumentException("not a host and port: " + text);
    }
    return authority;
  }

  /// In small letters, and in ASCII. Numbers that some systems take for an address, such as
  /// `127.1`, are refused: who filters addresses by their text would not know them.
  private static String host(String text) {
    if (text.startsWith("[")) {
      return text.toLowerCase(Locale.ROOT);
    }
    var host = ascii(text).toLowerCase(Locale.ROOT);
    var bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    var last = bare.substring(bare.lastIndexOf('.') + 1);
    if (NUMBER.matcher(last).matches() && !IPV4.matcher(bare).matches()) {
      throw new IllegalArgumentException("neither a name nor an IPv4 address: " + text);
    }
    return host;
  }

  private static String ascii(String host) {
    if (host.chars().allMatch(c -> c < 0x80 && c != '%')) {
      return host;
    }
    try {
      return IDN.toASCII(Percent.decode(host));
    } catch (IllegalArgumentException | MalformedException e) {
      throw new IllegalArgumentException("not a host: " + host, e);
    }
  }

  private static Login login(String text) {
    int colon = text.indexOf(':');
    try {
      return new Login(
          Percent.decode(colon < 0 ? text : text.substring(0, colon)),
          colon < 0 ? "" : Percent.decode(text.substring(colon + 1)));
    } catch (MalformedException e) {
      throw new IllegalArgumentException("user or password of a URL: " + e.getMessage(), e);
    }
  }

  private static @Nullable String query(@Nullable String text) {
    return text == null ? null : Percent.quote(text, IN_QUERY);
  }

  private static @Nullable String fragment(@Nullable String text) {
    return text == null ? null : Percent.quote(text, IN_QUERY);
  }

  private static String path(String text) {
    return Percent.quote(withoutDots(text), IN_PATH);
  }

  /// Resolves the segments `.` and `..` (RFC 3986, section 5.2.4).
  private static String withoutDots(String path) {
    if (!path.contains("/.")) {
      return path.isEmpty() ? "/" : path;
    }
    var segments = path.substring(1).split("/", -1);
    var kept = new ArrayDeque<String>();
    for (int i = 0; i < segments.length; i++) {
      var segment = segments[i];
      boolean up = segment.equals("..");
      if (up) {
        kept.pollLast();
      }
      boolean dots = up || segment.equals(".");
      if (!dots) {
        kept.addLast(segment);
      } else if (i == segments.length - 1) {
        kept.addLast(""); // what ends with dots is a folder
      }
    }
    return "/" + String.join("/", kept);
  }
}
