// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.core.Tulip;
import tulip.postgres.testing.PostgresServer;
import tulip.sql.SqlException;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Each way to log in, and each use of TLS, at a server that demands it.
@TulipTest(clock = Clock.REAL)
class LoginTest {
  private static final String RULES =
      """
      local   all clerk all_is_well
      local   all all peer
      hostnossl all plain    127.0.0.1/32 trust
      hostssl all secure     127.0.0.1/32 trust
      hostssl all clerk      127.0.0.1/32 cert
      host    all scrammed   127.0.0.1/32 scram-sha-256
      host    all hashed     127.0.0.1/32 md5
      host    all clear      127.0.0.1/32 password
      host    all test       127.0.0.1/32 trust
      """
          .replace("local   all clerk all_is_well\n", "");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static PostgresServer server;

  @SuppressWarnings("NullAway.Init")
  private static Authority authority;

  @BeforeAll
  static void start() throws IOException {
    authority = Authority.in(folder);
    authority.issue("localhost", "subjectAltName=DNS:localhost");
    authority.issue("clerk", "extendedKeyUsage=clientAuth");
    server =
        Servers.start(
            LoginTest::prepare,
            "ssl=on",
            "ssl_ca_file=ca.pem",
            "ssl_cert_file=localhost.pem",
            "ssl_key_file=localhost.key");
    Tulip.run(() -> {
      try (var connection = Servers.connect(Servers.options(server))) {
        connection.executeScript(
            "create role plain login; create role secure login; create role clerk login;"
                + "create role scrammed login password 'p w\u00ADI\u00AD'; create role clear login password 'secret';"
                + "set password_encryption = 'md5'; create role hashed login password 'secret';"
                + "create role \""
                + System.getProperty("user.name")
                + "\" login");
      }
    });
  }

  private static void prepare(Path data) throws IOException {
    Files.writeString(data.resolve("pg_hba.conf"), RULES);
    for (var name : new String[] {"ca.pem", "localhost.pem", "localhost.key"}) {
      var target = data.resolve(name);
      Files.copy(folder.resolve(name), target, StandardCopyOption.COPY_ATTRIBUTES);
      PostgresServer.own(target);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static PostgresOptions options(String user, String parameters) {
    return PostgresOptions.parse(
        "postgresql://%s@127.0.0.1:%d/postgres?%s".formatted(user, server.port(), parameters));
  }

  private static PostgresOptions byName(String user, String parameters) {
    return PostgresOptions.parse(
        "postgresql://%s@localhost:%d/postgres?%s".formatted(user, server.port(), parameters));
  }

  /// Whether the connection is encrypted, according to the server.
  private static boolean isSecure(PostgresOptions options) throws IOException {
    try (var connection = Servers.connect(options)) {
      return connection
          .execute("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
          .rows()
          .getFirst()
          .get(0, Boolean.class);
    }
  }

  private static void assertRefused(PostgresOptions options) {
    var failure = assertThrows(IOException.class, () -> Servers.connect(options));
    assertInstanceOf(SqlException.InvalidAuthorization.class, failure.getCause());
  }

  @ParameterizedTest
  @CsvSource({
    "scrammed, p w\u00ADI, disable",
    "scrammed, p wI, require",
    "hashed, secret, disable",
    "hashed, secret, require",
    "clear, secret, disable"
  })
  @TulipTest(clock = Clock.REAL)
  void thePasswordIsProved(String user, String password, String mode) throws IOException {
    var options = options(user, "sslmode=" + mode);
    assertEquals(mode.equals("require"), isSecure(options.withLogin(user, password)));
    assertRefused(options.withLogin(user, "wrong"));
    assertRefused(options.withLogin(user, null));
  }

  @TulipTest
  void thePasswordMayBeInAFile() throws IOException {
    var file = folder.resolve("pgpass");
    Files.writeString(file, "*:*:*:clear:secret\n");
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    isSecure(options("clear", "sslmode=disable&passfile=" + file));
  }

  @TulipTest
  void aLoginIsBoundToItsChannel() throws IOException {
    var options = options("scrammed", "sslmode=require").withLogin("scrammed", "p wI");
    for (var binding : ChannelBinding.values()) {
      assertTrue(isSecure(options.withChannelBinding(binding)));
    }
    var plain = options.withTls(TlsMode.DISABLE, null);
    var demanded = plain.withChannelBinding(ChannelBinding.REQUIRE);
    var refusal = assertThrows(IOException.class, () -> Servers.connect(demanded));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("does not bind"), refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "plain, disable, false",
    "plain, allow, false",
    "plain, prefer, false",
    "secure, allow, true",
    "secure, prefer, true",
    "secure, require, true",
    "test, disable, false",
    "test, allow, false",
    "test, prefer, true",
    "test, require, true"
  })
  @TulipTest(clock = Clock.REAL)
  void modesTryWhatTheyMay(String user, String mode, boolean secure) throws IOException {
    assertEquals(secure, isSecure(options(user, "sslmode=" + mode)));
  }

  @ParameterizedTest
  @CsvSource({"secure, disable", "plain, require"})
  @TulipTest(clock = Clock.REAL)
  void modesTryNothingElse(String user, String mode) {
    assertRefused(options(user, "sslmode=" + mode));
  }

  @TulipTest
  void theServerIsVerified() throws IOException {
    var root = "&sslrootcert=" + authority.certificate("ca");
    assertTrue(isSecure(byName("secure", "sslmode=verify-full" + root)));
    assertTrue(isSecure(options("secure", "sslmode=verify-ca" + root)));
    assertTrue(isSecure(options("secure", "sslmode=require" + root)));
    var otherName = options("secure", "sslmode=verify-full" + root);
    assertThrows(SSLException.class, () -> Servers.connect(otherName));
    for (var mode : new String[] {"verify-ca", "verify-full"}) {
      var unknown = byName("secure", "sslmode=" + mode);
      assertThrows(SSLException.class, () -> Servers.connect(unknown));
    }
    var other = "&sslrootcert=" + authority.certificate("clerk");
    var wrong = options("secure", "sslmode=require" + other);
    assertThrows(SSLException.class, () -> Servers.connect(wrong));
  }

  @TulipTest
  void tlsMayBeginAtOnce() throws IOException {
    var options = options("secure", "sslmode=require&sslnegotiation=direct");
    if (server.version() >= 17) {
      assertTrue(isSecure(options));
      var root = "&sslrootcert=" + authority.certificate("ca");
      var verified = byName("secure", "sslmode=verify-full&sslnegotiation=direct" + root);
      assertTrue(isSecure(verified));
    } else {
      assertThrows(IOException.class, () -> Servers.connect(options));
    }
  }

  @TulipTest
  void aCertificateIsALogin() throws IOException {
    var own =
        "sslmode=require&sslcert=%s&sslkey=%s"
            .formatted(authority.certificate("clerk"), authority.key("clerk"));
    assertTrue(isSecure(options("clerk", own)));
    assertRefused(options("clerk", "sslmode=require"));
  }

  @TulipTest
  void theUserOfTheSystemIsALogin() throws IOException {
    var socket =
        PostgresOptions.parse(
            "postgresql://%s@/postgres?host=%s&port=%d"
                .formatted(System.getProperty("user.name"), server.folder(), server.port()));
    Servers.connect(socket).close();
    assertRefused(socket.withLogin("clear", null));
  }

  @TulipTest
  void aStatementIsCancelledOverTlsToo() throws IOException {
    try (var connection = Servers.connect(options("secure", "sslmode=require"))) {
      Tulip.moveOnAfter(
          java.time.Duration.ofMillis(30), () -> connection.execute("select pg_sleep(60)"));
      assertEquals(1, connection.execute("select 1").rows().size());
    }
  }

  @TulipTest
  void aServerWithoutTlsIsNotUsedWhereThereMustBeSome() throws IOException {
    try (var plain = Servers.start()) {
      var options =
          PostgresOptions.parse(
              "postgresql://test@127.0.0.1:%d/postgres?sslmode=prefer".formatted(plain.port()));
      Servers.connect(options).close();
      var demanded = options.withTls(TlsMode.REQUIRE, null);
      assertThrows(ConnectException.class, () -> Servers.connect(demanded));
      var missing = options.withDatabase("nothing_here");
      var failure = assertThrows(IOException.class, () -> Servers.connect(missing));
      var refusal = assertInstanceOf(SqlException.class, failure.getCause());
      assertEquals("3D000", refusal.sqlState());
    }
  }
}
