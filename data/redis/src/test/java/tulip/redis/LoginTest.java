// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.io.TempDir;
import tulip.net.TlsContext;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;
import tulip.redis.protocol.RedisException;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;
import tulip.testing.TulipTest.Leak;

/// The ways to a real server: passwords, users, databases, Unix sockets, TLS.
@TulipTest(clock = Clock.REAL, allow = Leak.THREAD) // that of RealProcess, which stays
class LoginTest {
  private static void assertRefused(RedisOptions options, String why) {
    var e = assertThrows(IOException.class, () -> RedisConnection.connect(options));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e::toString);
  }

  @TulipTest
  void passwordsAndUsers() throws IOException {
    try (var server = RedisServer.start("--requirepass", "p@ss")) {
      var url = "127.0.0.1:" + server.port();
      try (var redis = Redis.open("redis://:p%40ss@" + url + "/2?name=tests")) {
        redis.set("k", 1);
        redis.call("ACL", "SETUSER", "ann", "on", ">secret", "+@read", "+client", "~*");
        assertTrue(redis.clientList().contains("name=tests"));
        assertTrue(redis.clientList().contains(" db=2 "));
      }
      for (int protocol = 2; protocol <= 3; protocol++) {
        var ann = RedisOptions.parse("redis://ann:secret@" + url + "/2?protocol=" + protocol);
        // Ann may not select a database, and so not use this one.
        assertRefused(ann, "NOPERM");
        assertRefused(
            RedisOptions.parse("redis://ann:wrong@" + url + "?protocol=" + protocol), "WRONGPASS");
      }
      assertRefused(RedisOptions.parse("redis://" + url), "wants a password");
      try (var redis = Redis.open("redis://:p%40ss@" + url)) {
        redis.call("ACL", "SETUSER", "ann", "+select", "+get", "-@write");
        try (var ann = Redis.open("redis://ann:secret@" + url + "/2")) {
          assertEquals("1", ann.get("k"));
          var e = assertThrows(RedisException.class, () -> ann.set("k", 2));
          assertEquals("NOPERM", e.code());
        }
      }
    }
  }

  @TulipTest
  void unixSockets() throws IOException {
    try (var server =
            RealServer.start(place ->
                RedisServer.command(
                    place.portText(),
                    "--unixsocket",
                    place.folder().resolve("r.sock").toString()));
        var redis = Redis.open("unix://" + server.folder().resolve("r.sock") + "?db=1")) {
      redis.set("k", "v");
      assertEquals("v", redis.get("k"));
    }
  }

  @TulipTest
  void tls(@TempDir Path folder) throws IOException {
    RealProcess.run(
        folder,
        ofSeconds(30),
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        "key.pem",
        "-out",
        "cert.pem",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost");
    var cert = folder.resolve("cert.pem");
    try (var server =
        RealServer.start(place ->
            RedisServer.command(
                "0",
                "--tls-port",
                place.portText(),
                "--tls-cert-file",
                cert.toString(),
                "--tls-key-file",
                folder.resolve("key.pem").toString(),
                "--tls-auth-clients",
                "no"))) {
      var tls = TlsContext.client().trusting(cert);
      var options = RedisOptions.of(new Endpoint.Host("localhost", server.port(), tls));
      try (var redis = Redis.open(options)) {
        redis.set("large", "x".repeat(1_000_000));
        assertEquals(1_000_000, String.valueOf(redis.get("large")).length());
      }
      var untrusting = RedisOptions.parse("rediss://localhost:" + server.port());
      assertInstanceOf(
          SSLException.class,
          assertThrows(IOException.class, () -> RedisConnection.connect(untrusting)));
    }
  }
}
