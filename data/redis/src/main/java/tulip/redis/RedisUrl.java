// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.net.TlsContext;

/// Reads the URLs of [RedisOptions#parse]. What it refuses it does not repeat: a URL may hold a
/// password.
final class RedisUrl {
  private final URI uri;

  private RedisUrl(URI uri) {
    this.uri = uri;
  }

  static RedisOptions parse(String url) {
    try {
      return new RedisUrl(new URI(url)).options();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "not a URL: "
              + e.getReason()
              + " at index "
              + e.getIndex()
              + "; reserved characters of passwords are percent-encoded");
    }
  }

  private RedisOptions options() {
    var options = RedisOptions.of(endpoint()).withLogin(login());
    var query = uri.getRawQuery();
    if (query != null) {
      for (var parameter : query.split("&", -1)) {
        options = withParameter(options, parameter);
      }
    }
    return options;
  }

  private Endpoint endpoint() {
    return switch (uri.getScheme()) {
      case "redis" -> new Endpoint.Host(host(), port(), null);
      case "rediss" -> new Endpoint.Host(host(), port(), TlsContext.client());
      case "unix" -> new Endpoint.Socket(path());
      case null, default ->
          throw new IllegalArgumentException(
              "a Redis URL begins with redis://, rediss:// or unix://, not with "
                  + uri.getScheme());
    };
  }

  private boolean isUnix() {
    return "unix".equals(uri.getScheme());
  }

  private String host() {
    var host = uri.getHost();
    if (host == null) {
      if (uri.getRawAuthority() != null) {
        throw new IllegalArgumentException("the URL's host is no name or address");
      }
      return "localhost";
    }
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private int port() {
    return uri.getPort() < 0 ? Endpoint.DEFAULT_PORT : uri.getPort();
  }

  private Path path() {
    var path = uri.getPath();
    if (path == null || path.isEmpty()) {
      throw new IllegalArgumentException("a URL with unix:// has a path: unix:///run/redis.sock");
    }
    return Path.of(path);
  }

  private Login login() {
    var login = Login.ANONYMOUS;
    var info = userInfo();
    if (info != null) {
      int colon = info.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("the URL names a user without a password");
      }
      var user = decode(info.substring(0, colon));
      var password = decode(info.substring(colon + 1));
      login = user.isEmpty() ? login.withPassword(password) : login.withUser(user, password);
    }
    var path = uri.getPath();
    boolean named = !isUnix() && path != null && path.length() > 1;
    return named ? login.withDatabase(number("database", path.substring(1))) : login;
  }

  /// A URL without a host has no user info for [URI].
  private @Nullable String userInfo() {
    var authority = uri.getRawAuthority();
    int at = authority == null ? -1 : authority.lastIndexOf('@');
    return authority == null || at < 0 ? null : authority.substring(0, at);
  }

  private static RedisOptions withParameter(RedisOptions options, String parameter) {
    int equals = parameter.indexOf('=');
    var name = equals < 0 ? parameter : parameter.substring(0, equals);
    var value = equals < 0 ? "" : decode(parameter.substring(equals + 1));
    var login = options.login();
    return switch (name) {
      case "db" -> options.withLogin(login.withDatabase(number(name, value)));
      case "name" -> options.withLogin(login.withClientName(value));
      case "protocol" -> options.withLogin(login.withProtocol(number(name, value)));
      case "timeout" -> options.withCommandTimeout(Duration.ofSeconds(number(name, value)));
      default ->
          throw new IllegalArgumentException(
              "the URL's parameter " + name + " is none of db, name, protocol, timeout");
    };
  }

  private static int number(String name, String value) {
    try {
      return Integer.parseUnsignedInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the URL's " + name + " is no number: " + value, e);
    }
  }

  /// A plus sign is one here.
  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
