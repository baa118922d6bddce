// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tulip.bytes.MalformedException;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// One extension that is offered or agreed on (RFC 6455, section 9.1).
///
/// @param name as it is registered
/// @param parameters their values; empty for those that have none, and with a comma, which no value
///   has, for those that came twice
record Extension(String name, Map<String, String> parameters) {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String BLANKS = "[ \t]*";
  private static final Pattern PARAMETER =
      Pattern.compile(
          BLANKS + ";" + BLANKS + "(" + TOKEN + ")" + "(?:" + BLANKS + "=" + BLANKS + "(?:(" + TOKEN
              + ")|\"(" + TOKEN + ")\"))?");
  private static final Pattern NAME = Pattern.compile(TOKEN);

  /// Reads all that a head has.
  ///
  /// @throws MalformedException if the field cannot be read
  static List<Extension> parse(Headers headers) throws MalformedException {
    var extensions = new ArrayList<Extension>();
    for (var element : headers.list(HeaderName.SEC_WEBSOCKET_EXTENSIONS)) {
      extensions.add(parse(element));
    }
    return extensions;
  }

  private static Extension parse(String text) throws MalformedException {
    var name = NAME.matcher(text);
    if (!name.lookingAt()) {
      throw new MalformedException("not an extension: " + text);
    }
    var parameters = new LinkedHashMap<String, String>();
    var parameter = PARAMETER.matcher(text);
    int at = name.end();
    for (; parameter.find(at) && parameter.start() == at; at = parameter.end()) {
      var value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
      parameters.merge(parameter.group(1), value == null ? "" : value, (a, b) -> a + "," + b);
    }
    if (at < text.length()) {
      throw new MalformedException("not an extension: " + text);
    }
    return new Extension(name.group(), parameters);
  }
}
