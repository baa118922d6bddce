// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of a connection by libpq's names for them (section 34.1.2 of the manual), from a
/// URL or string, a service and the environment.
final class ConnectionParameters {
  /// Which variable of the environment says what.
  private static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("host", "PGHOST"),
          Map.entry("port", "PGPORT"),
          Map.entry("dbname", "PGDATABASE"),
          Map.entry("user", "PGUSER"),
          Map.entry("password", "PGPASSWORD"),
          Map.entry("passfile", "PGPASSFILE"),
          Map.entry("service", "PGSERVICE"),
          Map.entry("options", "PGOPTIONS"),
          Map.entry("application_name", "PGAPPNAME"),
          Map.entry("sslmode", "PGSSLMODE"),
          Map.entry("sslnegotiation", "PGSSLNEGOTIATION"),
          Map.entry("sslrootcert", "PGSSLROOTCERT"),
          Map.entry("sslcert", "PGSSLCERT"),
          Map.entry("sslkey", "PGSSLKEY"),
          Map.entry("channel_binding", "PGCHANNELBINDING"),
          Map.entry("target_session_attrs", "PGTARGETSESSIONATTRS"));

  /// Settings that the environment may have, by their names at the server.
  private static final Map<String, String> SETTINGS =
      Map.of("TimeZone", "PGTZ", "DateStyle", "PGDATESTYLE", "geqo", "PGGEQO");

  /// Parameters that are for the client alone; all others are settings of the server.
  private static final List<String> OWN =
      List.of(
          "host",
          "hostaddr",
          "port",
          "dbname",
          "user",
          "password",
          "passfile",
          "service",
          "sslmode",
          "sslnegotiation",
          "sslrootcert",
          "sslcert",
          "sslkey",
          "sslpassword",
          "channel_binding",
          "target_session_attrs",
          "statement_cache");

  private final Map<String, String> values;
  private final Map<String, String> environment;

  private ConnectionParameters(Map<String, String> values, Map<String, String> environment) {
    this.values = values;
    this.environment = environment;
  }

  /// @param url or a string of keywords
  /// @throws IllegalArgumentException if it is wrong, or the service file cannot be read
  static ConnectionParameters of(String url, Map<String, String> environment) {
    var said = PostgresUrl.isOne(url) ? PostgresUrl.parse(url) : KeywordString.parse(url);
    var values = new HashMap<String, String>();
    VARIABLES.forEach((name, variable) -> putIfSaid(values, name, environment.get(variable)));
    SETTINGS.forEach((name, variable) -> putIfSaid(values, name, environment.get(variable)));
    var service = said.getOrDefault("service", values.get("service"));
    if (service != null) {
      values.putAll(ServiceFile.read(service, environment));
    }
    values.putAll(said);
    return new ConnectionParameters(values, environment);
  }

  private static void putIfSaid(Map<String, String> values, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      values.put(name, value);
    }
  }

  PostgresOptions toOptions() {
    var user = get("user", System.getProperty("user.name", ""));
    var mode = TlsMode.parse(get("sslmode", "prefer"));
    return new PostgresOptions(
        endpoints(),
        TargetSession.parse(get("target_session_attrs", "any")),
        user,
        values.get("password"),
        passwordFile(),
        get("dbname", user),
        settings(),
        mode,
        get("sslnegotiation", "postgres").equals("direct"),
        TlsFiles.of(values).context(mode),
        ChannelBinding.valueOf(get("channel_binding", "prefer").toUpperCase(Locale.ROOT)),
        number("statement_cache", get("statement_cache", "" + PostgresOptions.STATEMENTS)),
        PostgresLimits.DEFAULT,
        Map.of(),
        _ -> {});
  }

  private String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  private List<Endpoint> endpoints() {
    var hosts = get("host", "localhost").split(",", -1);
    var ports = get("port", "").split(",", -1);
    if (ports.length != 1 && ports.length != hosts.length) {
      throw new IllegalArgumentException(
          hosts.length + " hosts and " + ports.length + " ports do not fit");
    }
    var endpoints = new ArrayList<Endpoint>();
    for (int i = 0; i < hosts.length; i++) {
      endpoints.add(endpoint(hosts[i], ports[ports.length == 1 ? 0 : i]));
    }
    return endpoints;
  }

  private static Endpoint endpoint(String host, String portText) {
    int port = portText.isEmpty() ? Endpoint.DEFAULT_PORT : number("port", portText);
    if (port < 1 || port > 0xFFFF) {
      throw new IllegalArgumentException(port + " is no port");
    }
    if (host.startsWith("/")) {
      return new Endpoint.Socket(Path.of(host), port);
    }
    return new Endpoint.Host(host.isEmpty() ? "localhost" : host, port);
  }

  private static int number(String name, String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is a number, not '" + text + "'", e);
    }
  }

  private @Nullable Path passwordFile() {
    var file = values.get("passfile");
    if (file != null) {
      return Path.of(file);
    }
    var home = environment.get("HOME");
    return home == null ? null : Path.of(home, ".pgpass");
  }

  private Map<String, String> settings() {
    var settings = new HashMap<>(values);
    settings.keySet().removeAll(OWN);
    settings.remove("connect_timeout"); // the pool's, or whoever connects, has one
    return settings;
  }

  /// The sections of a file, read at once.
  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
