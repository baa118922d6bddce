// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.fields.Parameters;

/// Sessions as text: when they begin and end, in milliseconds, and their values as a form.
final class SessionText {
  /// Browsers keep no cookie above 4096 bytes, its name and attributes included.
  private static final int LONGEST = 3800;

  private SessionText() {}

  static Bytes write(SessionData data) {
    return Bytes.ofUtf8(
        data.created().toEpochMilli()
            + "."
            + data.expires().toEpochMilli()
            + "."
            + Parameters.of(data.values()).format());
  }

  /// {@return a session, or null if it is none}
  static @Nullable SessionData read(Bytes bytes) {
    var parts = bytes.utf8().split("\\.", 3);
    if (parts.length < 3) {
      return null;
    }
    try {
      var created = Instant.ofEpochMilli(Long.parseLong(parts[0]));
      var expires = Instant.ofEpochMilli(Long.parseLong(parts[1]));
      var parameters = Parameters.parse(parts[2]);
      var values = new HashMap<String, String>();
      for (int i = 0; i < parameters.size(); i++) {
        values.put(parameters.name(i), parameters.value(i));
      }
      return new SessionData(created, expires, values);
    } catch (NumberFormatException | DateTimeException | MalformedException _) {
      return null;
    }
  }

  /// Refuses what no browser would keep.
  ///
  /// @throws IllegalStateException if it is too long for a cookie
  static String checkLength(String token) {
    if (token.length() > LONGEST) {
      throw new IllegalStateException(
          "a session of "
              + token.length()
              + " bytes does not fit a cookie, which has room for "
              + LONGEST
              + ": keep less in it, or use a store such as MemorySessions or StoredSessions");
    }
    return token;
  }
}
