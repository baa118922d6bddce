// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/// The URLs of libpq (section 34.1.1.2 of the manual): with several hosts, which a URI has not.
final class PostgresUrl {
  private final String url;
  private final Map<String, String> values = new HashMap<>();

  private PostgresUrl(String url) {
    this.url = url;
  }

  /// Whether it begins as one.
  static boolean isOne(String text) {
    return text.startsWith("postgresql://") || text.startsWith("postgres://");
  }

  /// What a URL says, by libpq's names.
  ///
  /// @throws IllegalArgumentException if it is wrong
  static Map<String, String> parse(String url) {
    var parsed = new PostgresUrl(url);
    parsed.parse();
    return parsed.values;
  }

  private void parse() {
    var rest = url.substring(url.indexOf("://") + 3);
    int question = rest.indexOf('?');
    if (question >= 0) {
      putParameters(rest.substring(question + 1));
      rest = rest.substring(0, question);
    }
    int slash = rest.indexOf('/');
    if (slash >= 0) {
      put("dbname", rest.substring(slash + 1));
      rest = rest.substring(0, slash);
    }
    int at = rest.lastIndexOf('@');
    if (at >= 0) {
      putUser(rest.substring(0, at));
    }
    putHosts(rest.substring(at + 1));
  }

  private void putParameters(String query) {
    for (var pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw wrong("behind ? stand names with values");
      }
      put(ConnectionParameters.decode(pair.substring(0, equals)), pair.substring(equals + 1));
    }
  }

  private void putUser(String login) {
    int colon = login.indexOf(':');
    put("user", colon < 0 ? login : login.substring(0, colon));
    if (colon >= 0) {
      put("password", login.substring(colon + 1));
    }
  }

  private void putHosts(String hosts) {
    if (hosts.isEmpty()) {
      return;
    }
    var names = new ArrayList<String>();
    var ports = new ArrayList<String>();
    for (var host : hosts.split(",", -1)) {
      int end = host.startsWith("[") ? host.indexOf(']') + 1 : 0;
      int colon = host.indexOf(':', end);
      names.add(name(colon < 0 ? host : host.substring(0, colon)));
      ports.add(colon < 0 ? "" : host.substring(colon + 1));
    }
    put("host", String.join(",", names));
    if (ports.stream().anyMatch(port -> !port.isEmpty())) {
      put("port", String.join(",", ports));
    }
  }

  private String name(String host) {
    if (!host.startsWith("[")) {
      return host;
    }
    if (!host.endsWith("]")) {
      throw wrong("'" + host + "' is no address");
    }
    return host.substring(1, host.length() - 1);
  }

  private void put(String name, String value) {
    if (!value.isEmpty()) {
      values.put(name, ConnectionParameters.decode(value));
    }
  }

  /// Without the URL itself, which has a password perhaps.
  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("the URL of a PostgreSQL database is wrong: " + what);
  }
}
