// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The value of an Authorization field (RFC 9110, section 11.4).
///
/// @param scheme such as `basic`; small letters
/// @param token what follows it as one word, or null
/// @param parameters what follows it as parameters, in place of a token; names in small letters
public record Credentials(String scheme, @Nullable String token, Map<String, String> parameters) {

  private static final Pattern TOKEN_68 = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  /// A name and a password (RFC 7617).
  ///
  /// @param user as the server knows it
  /// @param password not empty by rule, but allowed to be
  public record Login(String user, String password) {
    /// {@return the user alone}
    @Override
    public String toString() {
      return user + ":***";
    }
  }

  /// Reads the value of an Authorization field.
  ///
  /// @return null if it is none
  public static @Nullable Credentials parse(String text) {
    int blank = text.indexOf(' ');
    var rest = blank < 0 ? "" : text.substring(blank + 1).strip();
    var reader = new FieldReader(blank < 0 ? text : text.substring(0, blank));
    var scheme = reader.lowerToken();
    if (!reader.isGood()) {
      return null;
    }
    if (TOKEN_68.matcher(rest).matches()) {
      return new Credentials(scheme, rest, Map.of());
    }
    var parameters = parameters(new FieldReader(rest));
    return parameters == null ? null : new Credentials(scheme, null, parameters);
  }

  private static @Nullable Map<String, String> parameters(FieldReader reader) {
    var parameters = new LinkedHashMap<String, String>();
    while (!reader.blanks().atEnd()) {
      var name = reader.lowerToken();
      reader.blanks().expect('=').blanks();
      if (parameters.putIfAbsent(name, reader.word()) != null) {
        return null; // which of the two is meant, nobody knows
      }
      if (!reader.blanks().atEnd()) {
        reader.expect(',');
      }
    }
    return reader.isGood() ? Map.copyOf(parameters) : null;
  }

  /// Credentials of the scheme `Basic`, in UTF-8.
  ///
  /// @throws IllegalArgumentException if the user has a colon
  public static Credentials basic(Login login) {
    if (login.user.indexOf(':') >= 0) {
      throw new IllegalArgumentException("a user with a colon in the name");
    }
    var both = (login.user + ":" + login.password).getBytes(StandardCharsets.UTF_8);
    return new Credentials("basic", Base64.getEncoder().encodeToString(both), Map.of());
  }

  /// Credentials of the scheme `Bearer` (RFC 6750).
  public static Credentials bearer(String token) {
    return new Credentials("bearer", token, Map.of());
  }

  /// Name and password of the scheme `Basic`, or null if these are none.
  public @Nullable Login login() {
    if (!scheme.equals("basic") || token == null) {
      return null;
    }
    try {
      var both = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
      int colon = both.indexOf(':');
      return colon < 0 ? null : new Login(both.substring(0, colon), both.substring(colon + 1));
    } catch (IllegalArgumentException _) {
      return null; // no Base64
    }
  }

  /// {@return the value of an Authorization field}
  public String format() {
    var name = scheme.substring(0, 1).toUpperCase(Locale.ROOT) + scheme.substring(1);
    return token != null
        ? name + " " + token
        : parameters.entrySet().stream()
            .map(each -> each.getKey() + "=" + FieldWriter.quoted(each.getValue()))
            .collect(Collectors.joining(", ", name + " ", ""));
  }

  /// {@return the scheme alone: the rest are secrets}
  @Override
  public String toString() {
    return scheme + " ***";
  }
}
