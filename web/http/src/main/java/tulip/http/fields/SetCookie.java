// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A cookie as a server sets it: the value of one Set-Cookie field (RFC 6265, sections 4.1 and 5.2;
/// SameSite and Partitioned as browsers have them).
///
/// ```java
/// SetCookie.of("id", "7").with("Path", "/").with("Max-Age", "3600").with("HttpOnly").format()
/// ```
///
/// @param cookie name and value
/// @param attributes where and how long it holds; names in small letters
public record SetCookie(Cookie cookie, Map<String, String> attributes) {
  private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,18}");
  private static final long LATEST = 253_402_300_799L; // the end of the year 9999

  /// Checks that no attribute would end early.
  ///
  /// @throws IllegalArgumentException if one has a semicolon or a control character
  public SetCookie {
    attributes.forEach((name, value) -> {
      if (!Cookie.isClean(name) || !Cookie.isClean(value)) {
        throw new IllegalArgumentException("a cookie's attribute with a forbidden character");
      }
    });
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /// A cookie without attributes.
  public static SetCookie of(String name, String value) {
    return new SetCookie(new Cookie(name, value), Map.of());
  }

  /// Reads the value of a Set-Cookie field. Of equal attributes the last counts.
  ///
  /// @return null if there is no cookie in it
  public static @Nullable SetCookie parse(String text) {
    var parts = text.split(";", -1);
    int equals = parts[0].indexOf('=');
    var name = equals < 0 ? "" : parts[0].substring(0, equals).strip();
    if (name.isEmpty() || !Cookie.isClean(text.replace(';', ' '))) {
      return null;
    }
    var attributes = new LinkedHashMap<String, String>();
    for (int i = 1; i < parts.length; i++) {
      put(attributes, parts[i]);
    }
    return new SetCookie(new Cookie(name, parts[0].substring(equals + 1).strip()), attributes);
  }

  private static void put(Map<String, String> attributes, String part) {
    int equals = part.indexOf('=');
    var name = (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
    if (!name.isEmpty()) {
      attributes.put(name, equals < 0 ? "" : part.substring(equals + 1).strip());
    }
  }

  /// The same with an attribute more, or another value of it.
  ///
  /// @param name such as `Path`, in any case
  /// @param value as it is to be sent
  public SetCookie with(String name, String value) {
    var more = new LinkedHashMap<>(attributes);
    more.put(name.toLowerCase(Locale.ROOT), value);
    return new SetCookie(cookie, more);
  }

  /// The same with an attribute that has no value: `Secure`, `HttpOnly` or `Partitioned`.
  public SetCookie with(String name) {
    return with(name, "");
  }

  /// Whether an attribute is there that has no value, such as `Secure`.
  public boolean has(String name) {
    return attributes.containsKey(name.toLowerCase(Locale.ROOT));
  }

  /// The domain whose hosts may have it, in small letters and without a dot ahead; null for the
  /// host that sets it alone.
  public @Nullable String domain() {
    var value = attributes.getOrDefault("domain", "").toLowerCase(Locale.ROOT);
    var bare = value.startsWith(".") ? value.substring(1) : value;
    return bare.isEmpty() ? null : bare;
  }

  /// The path below which it is sent; null for the folder of the page that sets it.
  public @Nullable String path() {
    var value = attributes.getOrDefault("path", "");
    return value.startsWith("/") ? value : null;
  }

  /// When it ends: Max-Age from now, else Expires; null if with the browser.
  ///
  /// @param now when it came
  /// @return in the past if the cookie is to be deleted
  public @Nullable Instant expires(Instant now) {
    var maxAge = attributes.getOrDefault("max-age", "");
    if (SECONDS.matcher(maxAge).matches()) {
      long seconds = Long.parseLong(maxAge);
      return seconds <= 0
          ? Instant.EPOCH
          : Instant.ofEpochSecond(Math.min(now.getEpochSecond() + seconds, LATEST));
    }
    return CookieDate.parse(attributes.getOrDefault("expires", ""));
  }

  /// {@return the value of a Set-Cookie field}
  public String format() {
    var text = new StringBuilder(cookie.pair());
    attributes.forEach((name, value) -> {
      text.append("; ").append(spelling(name));
      if (!value.isEmpty()) {
        text.append('=').append(value);
      }
    });
    return text.toString();
  }

  private static String spelling(String name) {
    return switch (name) {
      case "samesite" -> "SameSite";
      case "httponly" -> "HttpOnly";
      case "max-age" -> "Max-Age";
      default -> name.isEmpty() ? name : capital(name.charAt(0)) + name.substring(1);
    };
  }

  /// Of ASCII alone: that of another letter may be one that cannot be sent.
  private static char capital(char letter) {
    return letter < 0x80 ? Character.toUpperCase(letter) : letter;
  }
}
