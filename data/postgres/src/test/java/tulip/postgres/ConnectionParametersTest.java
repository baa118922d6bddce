// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// URLs, the environment, services and password files: as libpq has them.
class ConnectionParametersTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private static PostgresOptions options(String url, Map<String, String> environment) {
    return ConnectionParameters.of(url, environment).toOptions();
  }

  private static PostgresOptions options(String url) {
    return options(url, Map.of());
  }

  @Test
  void aUrlSaysWhereAndWho() {
    var options = options("postgresql://ada:p%40ss@db.test:5433/bank?application_name=a%20b");
    assertEquals(List.of(new Endpoint.Host("db.test", 5433)), options.endpoints());
    assertEquals("ada", options.user());
    assertEquals("p@ss", options.password());
    assertEquals("bank", options.database());
    assertEquals(Map.of("application_name", "a b"), options.settings());
    assertFalse(options.toString().contains("p@ss"));
  }

  @Test
  void mostOfItMayBeLeftOut() {
    var options = options("postgres://");
    assertEquals(List.of(new Endpoint.Host("localhost", 5432)), options.endpoints());
    assertEquals(System.getProperty("user.name"), options.user());
    assertEquals(options.user(), options.database());
    assertNull(options.password());
    assertEquals(TlsMode.PREFER, options.tls());
    assertEquals(TargetSession.ANY, options.target());
    assertEquals("a", options("postgresql://a@/").database());
  }

  @Test
  void hostsMayBeSeveralAddressesAndSockets() {
    assertEquals(
        List.of(
            new Endpoint.Host("a", 1),
            new Endpoint.Host("::1", 5432),
            new Endpoint.Socket(Path.of("/run/pg"), 3)),
        options("postgresql://a:1,[::1],%2Frun%2Fpg:3/").endpoints());
    assertEquals(
        List.of(new Endpoint.Socket(Path.of("/tmp"), 7)),
        options("postgresql:///db?host=/tmp&port=7").endpoints());
    var standby = options("postgresql://a,b/?target_session_attrs=prefer-standby&port=6");
    assertEquals(TargetSession.PREFER_STANDBY, standby.target());
    assertEquals(new Endpoint.Host("b", 6), standby.endpoints().getLast());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://a",
        "postgresql:a",
        "postgresql://a:b:c@h:x/",
        "postgresql://a:0/",
        "postgresql://a:70000/",
        "postgresql://a,b,c/?port=1,2",
        "postgresql://[::1/",
        "postgresql://a/?sslmode",
        "postgresql://a/?sslmode=perhaps",
        "postgresql://a/?target_session_attrs=best",
        "postgresql://a/?sslnegotiation=direct",
        "postgresql://a/?sslmode=require&sslcert=/x",
        "postgresql://a/?sslmode=require&sslrootcert=/no/such/file",
        "postgresql://a/?service=nothing",
        "postgresql://a/?statement_cache=-1"
      })
  void aWrongUrlIsRefused(String url) {
    assertThrows(IllegalArgumentException.class, () -> options(url));
  }

  @Test
  void keywordsSayTheSame() {
    var options =
        options(
            " host = db.test,/run/pg port=5433 user=ada dbname='my \\'bank\\''"
                + " password=p\\ w application_name='' target_session_attrs=any ");
    assertEquals(
        List.of(new Endpoint.Host("db.test", 5433), new Endpoint.Socket(Path.of("/run/pg"), 5433)),
        options.endpoints());
    assertEquals("ada", options.user());
    assertEquals("my 'bank'", options.database());
    assertEquals("p w", options.password());
    assertEquals(Map.of(), options.settings());
    assertEquals("bob", options("", Map.of("PGUSER", "bob")).user());
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "host=a port", "=a", "host='a", "host=a b", "1=a"})
  void wrongKeywordsAreRefused(String string) {
    assertThrows(IllegalArgumentException.class, () -> options(string));
  }

  @Test
  void aRefusalDoesNotTellThePassword() {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> options("pg://ada:secret@host"));
    assertFalse(String.valueOf(refusal.getMessage()).contains("secret"));
  }

  @Test
  void theEnvironmentSaysWhatTheUrlDoesNot() {
    var environment =
        Map.of(
            "PGHOST", "db",
            "PGPORT", "7",
            "PGUSER", "ada",
            "PGPASSWORD", "pw",
            "PGDATABASE", "bank",
            "PGSSLMODE", "disable",
            "PGAPPNAME", "app",
            "PGTZ", "UTC");
    var all = options("postgresql://", environment);
    assertEquals(List.of(new Endpoint.Host("db", 7)), all.endpoints());
    assertEquals("ada", all.user());
    assertEquals("pw", all.password());
    assertEquals("bank", all.database());
    assertEquals(TlsMode.DISABLE, all.tls());
    assertEquals(Map.of("application_name", "app", "TimeZone", "UTC"), all.settings());
    var less = options("postgresql://bob@other:8/shop?sslmode=require", environment);
    assertEquals(List.of(new Endpoint.Host("other", 8)), less.endpoints());
    assertEquals("bob", less.user());
    assertEquals("shop", less.database());
    assertEquals(TlsMode.REQUIRE, less.tls());
  }

  @Test
  void aServiceIsBetweenUrlAndEnvironment() throws IOException {
    var file = folder.resolve("services");
    Files.writeString(
        file, "# mine\n[other]\nhost=x\n[bank]\nhost = db\nport=9\nuser=ada\n[last]\n");
    var environment = Map.of("PGSERVICEFILE", file.toString(), "PGUSER", "eve", "PGPORT", "1");
    var options = options("postgresql:///?service=bank&user=bob", environment);
    assertEquals(List.of(new Endpoint.Host("db", 9)), options.endpoints());
    assertEquals("bob", options.user());
    assertThrows(
        IllegalArgumentException.class, () -> options("postgresql:///?service=no", environment));
  }

  private @Nullable String password(String lines, String url) throws IOException {
    var file = folder.resolve("pgpass");
    Files.writeString(file, lines);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    var options = options(url, Map.of("PGPASSFILE", file.toString()));
    assertEquals(file, options.passwordFile());
    return PasswordFile.find(file, options.endpoints().getFirst(), options);
  }

  @Test
  void thePasswordFileKnowsThePassword() throws IOException {
    var lines =
        "# host:port:db:user\nhost:1:bank:ada:one\n*:*:bank:ada:t\\:w\\\\o\n*:*:*:*:three\n";
    assertEquals("one", password(lines, "postgresql://ada@host:1/bank"));
    assertEquals("t:w\\o", password(lines, "postgresql://ada@host:2/bank"));
    assertEquals("three", password(lines, "postgresql://bob@host:1/bank"));
    assertEquals("four:5", password("localhost:*:*:*:four:5", "postgresql://a@%2Ftmp/"));
    assertNull(password("host:1:bank:ada\n", "postgresql://ada@host:1/bank"));
  }

  @Test
  void aPasswordFileThatOthersMayReadIsIgnored() throws IOException {
    assertEquals("x", password("*:*:*:*:x", "postgresql://h"));
    var file = folder.resolve("pgpass");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    var options = options("postgresql://h");
    assertNull(PasswordFile.find(file, options.endpoints().getFirst(), options));
    assertTrue(Files.exists(file));
  }
}
