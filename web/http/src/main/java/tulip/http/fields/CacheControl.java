// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// What may be kept, and how long: Cache-Control (RFC 9111, section 5.2).
///
/// @param directives with their values, or with an empty text; names in small letters
public record CacheControl(Map<String, String> directives) {
  private static final long MOST_SECONDS = 1L << 31;

  /// Copies them.
  public CacheControl {
    directives = Collections.unmodifiableMap(new LinkedHashMap<>(directives));
  }

  /// Reads all fields of this name. Of equal directives the first counts.
  public static CacheControl of(Headers headers) {
    var directives = new LinkedHashMap<String, String>();
    for (var element : headers.list(HeaderName.CACHE_CONTROL)) {
      int equals = element.indexOf('=');
      var name = equals < 0 ? element : element.substring(0, equals);
      var value = equals < 0 ? "" : new FieldReader(element.substring(equals + 1).strip()).word();
      directives.putIfAbsent(name.strip().toLowerCase(Locale.ROOT), value);
    }
    return new CacheControl(directives);
  }

  /// Whether a directive is there, with a value or without.
  public boolean has(String name) {
    return directives.containsKey(name);
  }

  /// The time that a directive names, or null if it is not there. One that is no number is zero:
  /// that is the safe side (section 4.2.1).
  public @Nullable Duration seconds(String name) {
    var value = directives.get(name);
    if (value == null) {
      return null;
    }
    boolean number = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    long seconds =
        !number
            ? 0
            : value.length() > 10 ? MOST_SECONDS : Math.min(MOST_SECONDS, Long.parseLong(value));
    return Duration.ofSeconds(seconds);
  }
}
