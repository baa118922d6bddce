// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// What a server wants to know of who asks: one element of a WWW-Authenticate or Proxy-Authenticate
/// field (RFC 9110, section 11.3).
///
/// @param scheme such as `digest`; small letters
/// @param token what follows it as one word, or null
/// @param parameters what follows it as parameters; names in small letters
public record Challenge(String scheme, @Nullable String token, Map<String, String> parameters) {
  private static final Pattern PARAMETER =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*=\\s*(\".*\"|[^\\s\"=]+)");
  private static final Pattern TOKEN_68 = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  /// Reads all challenges of a head. What is none is left out.
  ///
  /// @param name `WWW-Authenticate` or `Proxy-Authenticate`
  public static List<Challenge> parse(Headers headers, HeaderName name) {
    var challenges = new ArrayList<Challenge>();
    for (var element : headers.list(name)) {
      if (PARAMETER.matcher(element).matches()) {
        if (!challenges.isEmpty()) {
          addParameter(element, challenges.getLast().parameters);
        }
      } else {
        challenges.add(begin(element));
      }
    }
    return List.copyOf(challenges);
  }

  private static Challenge begin(String element) {
    int blank = element.indexOf(' ');
    var scheme = blank < 0 ? element : element.substring(0, blank);
    var rest = blank < 0 ? "" : element.substring(blank).strip();
    var parameters = new LinkedHashMap<String, String>();
    boolean token = TOKEN_68.matcher(rest).matches();
    if (!token) {
      addParameter(rest, parameters);
    }
    return new Challenge(scheme.toLowerCase(Locale.ROOT), token ? rest : null, parameters);
  }

  private static void addParameter(String text, Map<String, String> parameters) {
    var matcher = PARAMETER.matcher(text);
    if (matcher.matches()) {
      var reader = new FieldReader(matcher.group(2));
      parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), reader.word());
    }
  }
}
