// SPDX-License-Identifier: Apache-2.0
package tulip.it.memcached;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.LoopOptions.Engine.BATON;
import static tulip.core.LoopOptions.Engine.CARRIER;
import static tulip.memcached.Memcached.NEVER;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import tulip.bytes.Bytes;
import tulip.memcached.CasResult;
import tulip.memcached.ClientErrorException;
import tulip.memcached.Credentials;
import tulip.memcached.Endpoint;
import tulip.memcached.Lease;
import tulip.memcached.Memcached;
import tulip.memcached.MemcachedOptions;
import tulip.memcached.ValueCodec;
import tulip.memcached.ValueTooLargeException;
import tulip.memcached.protocol.KeyEncoding;
import tulip.net.TlsContext;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;
import tulip.pool.ConnectionLostException;
import tulip.testing.TulipTest;

/// Every command, on a real server.
@TulipTest(
    clock = TulipTest.Clock.REAL,
    engine = {CARRIER, BATON})
class CommandsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static RealServer server;
  private Memcached<String> memcached;

  @BeforeAll
  static void start() throws IOException {
    server = Peer.start("-I", "2m");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() throws IOException {
    memcached = Peer.client(server.address());
    memcached.flushAll();
  }

  @AfterEach
  void close() {
    memcached.close();
  }

  @TulipTest
  void valuesAreStoredAndFound() throws IOException {
    assertNull(memcached.get("a"));
    memcached.set("a", "");
    assertEquals("", memcached.get("a"));
    memcached.set("a", "gr\u00fc\u00dfe\r\nEND\r\n", MINUTE);
    assertEquals("gr\u00fc\u00dfe\r\nEND\r\n", memcached.get("a"));
    assertTrue(memcached.delete("a"));
    assertFalse(memcached.delete("a"));
    assertNull(memcached.get("a"));
  }

  @TulipTest
  void conditionsOfStoring() throws IOException {
    assertFalse(memcached.replace("a", "x", MINUTE));
    assertFalse(memcached.append("a", "x"));
    assertFalse(memcached.prepend("a", "x"));
    assertTrue(memcached.add("a", "b", MINUTE));
    assertFalse(memcached.add("a", "x", MINUTE));
    assertTrue(memcached.append("a", "c"));
    assertTrue(memcached.prepend("a", "a"));
    assertEquals("abc", memcached.get("a"));
    assertTrue(memcached.replace("a", "x", MINUTE));
    assertEquals("x", memcached.get("a"));
  }

  @TulipTest
  void aVersionProtectsWhatOthersHaveStored() throws IOException {
    memcached.set("a", "1");
    var item = memcached.gets("a");
    assertNotNull(item);
    assertEquals("1", item.value());
    assertEquals(CasResult.DONE, memcached.cas("a", "2", item.cas(), MINUTE));
    assertEquals(CasResult.EXISTS, memcached.cas("a", "3", item.cas(), MINUTE));
    assertEquals(CasResult.EXISTS, memcached.delete("a", item.cas()));
    assertEquals("2", memcached.get("a"));
    var found = memcached.getsMulti(List.of("a", "b")).get("a");
    assertNotNull(found);
    assertEquals(CasResult.DONE, memcached.delete("a", found.cas()));
    assertEquals(CasResult.NOT_FOUND, memcached.cas("a", "3", item.cas(), MINUTE));
    assertEquals(CasResult.NOT_FOUND, memcached.delete("a", item.cas()));
  }

  @TulipTest
  void countersCountUnsigned() throws IOException {
    assertEquals(OptionalLong.empty(), memcached.incr("n", 1));
    assertEquals(OptionalLong.empty(), memcached.decr("n", 1));
    assertEquals(10, memcached.incr("n", 1, 10, MINUTE));
    assertEquals(11, memcached.incr("n", 1, 10, MINUTE));
    assertEquals(OptionalLong.of(9), memcached.decr("n", 2));
    assertEquals("9", String.valueOf(memcached.get("n")).strip());
    assertEquals(OptionalLong.of(0), memcached.decr("n", 100));
    assertEquals(5, memcached.decr("m", 1, 5, NEVER));
    assertEquals(-1, memcached.incr("big", 1, -1, NEVER)); // 2^64 - 1
    assertEquals(OptionalLong.of(0), memcached.incr("big", 1));
    memcached.set("text", "x");
    assertThrows(ClientErrorException.class, () -> memcached.incr("text", 1));
    assertEquals(OptionalLong.of(1), memcached.incr("n", 1));
  }

  @TulipTest
  void timesToLive() throws IOException {
    memcached.set("a", "x", ofDays(40));
    assertLives("a", ofDays(40));
    assertTrue(memcached.touch("a", ofSeconds(100)));
    assertLives("a", ofSeconds(100));
    assertEquals("x", memcached.gat("a", ofDays(31)));
    assertLives("a", ofDays(31));
    assertTrue(memcached.touch("a", NEVER));
    assertEquals("-1", facts("a").get("exp"));
    assertFalse(memcached.touch("b", MINUTE));
    assertNull(memcached.gat("b", MINUTE));
    assertNull(memcached.debug("b"));
  }

  private Map<String, String> facts(String key) throws IOException {
    var facts = memcached.debug(key);
    assertNotNull(facts);
    return facts;
  }

  /// The server goes by a clock of seconds.
  private void assertLives(String key, Duration life) throws IOException {
    var left = -Long.parseLong(facts(key).getOrDefault("exp", ""));
    assertTrue(Math.abs(life.toSeconds() - left) < 60, left + " s are left of " + life);
  }

  @TulipTest
  void manyAtOnce() throws IOException {
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < 5000; i++) values.put("key" + i, "value" + i);
    memcached.setMulti(values, MINUTE);
    var keys = new LinkedHashMap<>(values).sequencedKeySet();
    assertEquals(values, memcached.getMulti(keys));
    assertEquals(Map.of("key7", "value7"), memcached.getMulti(List.of("no", "key7", "nor")));
    assertEquals(Map.of(), memcached.getMulti(List.of()));
  }

  @TulipTest
  void largeValues() throws IOException {
    byte[] noise = new byte[(2 << 20) - 1000];
    new Random(1).nextBytes(noise);
    var bytes = memcached.withValues(ValueCodec.bytes());
    bytes.set("a", Bytes.wrap(noise));
    assertEquals(Bytes.wrap(noise), bytes.get("a"));
    var tooLarge = Bytes.wrap(new byte[2 << 20]);
    assertThrows(ValueTooLargeException.class, () -> bytes.set("a", tooLarge));
    assertNull(bytes.get("a"));
    var text = memcached.withValues(ValueCodec.text().compressed(1000, 4 << 20));
    text.set("a", "x".repeat(3 << 20));
    assertEquals("x".repeat(3 << 20), text.get("a"));
  }

  @TulipTest
  void oneOfManyComputesAValue() throws IOException {
    var first = memcached.lease("a", MINUTE, Duration.ZERO);
    assertTrue(first.won());
    assertNull(first.value());
    assertEquals(new Lease<String>(null, false, false, first.cas()), lease());
    assertEquals(CasResult.DONE, memcached.cas("a", "computed", first.cas(), MINUTE));
    assertEquals("computed", lease().value());
    assertFalse(lease().won());
    assertTrue(memcached.invalidate("a", MINUTE));
    var stale = lease();
    assertTrue(stale.won() && stale.stale(), stale::toString);
    assertEquals("computed", stale.value());
    assertFalse(lease().won());
    assertTrue(lease().stale());
    assertEquals(CasResult.DONE, memcached.cas("a", "anew", stale.cas(), MINUTE));
    assertFalse(lease().stale());
    assertTrue(memcached.lease("a", MINUTE, Duration.ofMinutes(2)).won());
    assertFalse(memcached.invalidate("b", MINUTE));
  }

  private Lease<String> lease() throws IOException {
    return memcached.lease("a", MINUTE, Duration.ZERO);
  }

  @TulipTest
  void theServerItself() throws IOException {
    var here = Peer.endpoint(server.address());
    assertTrue(String.valueOf(memcached.version().get(here)).startsWith("1."));
    assertTrue(memcached.stats().getOrDefault(here, Map.of()).containsKey("curr_items"));
    assertTrue(memcached.stats("settings").getOrDefault(here, Map.of()).containsKey("maxconns"));
    assertEquals(Map.of(here, Map.of()), memcached.stats("reset"));
    memcached.verbosity(0);
    memcached.noop();
    memcached.set("a", "x");
    memcached.flushAll(Duration.ofHours(1));
    assertEquals("x", memcached.get("a"));
    memcached.flushAll();
    assertNull(memcached.get("a"));
  }

  @TulipTest
  void longestAndBinaryKeys() throws IOException {
    memcached.set("k".repeat(250), "long");
    assertEquals("long", memcached.get("k".repeat(250)));
    memcached.set("schl\u00fcssel", "umlaut");
    assertEquals("umlaut", memcached.get("schl\u00fcssel"));
    var options = MemcachedOptions.DEFAULT.withKeys(KeyEncoding.BINARY);
    try (var binary = Peer.client(server.address(), options)) {
      for (var key : List.of("a b", "\0\r\n", "\u00ff", " ".repeat(186), "plain")) {
        binary.set(key, "value of " + key);
        assertEquals("value of " + key, binary.get(key));
        assertTrue(binary.delete(key));
      }
      binary.set("plain", "x");
      assertEquals("x", memcached.get("plain"));
    }
  }

  @TulipTest
  void overAUnixSocket() throws Exception {
    var folder = Files.createTempDirectory("tulip");
    var path = folder.resolve("socket");
    try (var _ =
            RealServer.start(
                _ -> List.of("memcached", "-u", "root", "-s", path.toString()),
                _ -> Files.exists(path),
                ofSeconds(30));
        var local = Memcached.open(List.of(Endpoint.of(path)), MemcachedOptions.DEFAULT)) {
      local.set("a", "x");
      assertEquals("x", local.get("a"));
    } finally {
      Files.deleteIfExists(path);
      Files.delete(folder);
    }
  }

  @TulipTest
  void overTls() throws Exception {
    try (var encrypted = RealServer.start(CommandsTest::encrypted)) {
      var context = TlsContext.client().trusting(encrypted.folder().resolve("cert.pem"));
      var options = MemcachedOptions.DEFAULT.withTls(context);
      var endpoint = Endpoint.of("localhost", encrypted.port());
      try (var client = Memcached.open(List.of(endpoint), options)) {
        client.set("a", "x".repeat(100_000));
        assertEquals("x".repeat(100_000), client.get("a"));
      }
    }
  }

  private static List<String> encrypted(RealServer.Place place) throws IOException {
    RealProcess.run(
        place.folder(),
        ofSeconds(30),
        ("openssl req -x509 -nodes -days 30 -newkey rsa:2048 -subj /CN=localhost"
                + " -addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem")
            .split(" "));
    return Peer.command(place.port(), "-Z", "-o", "ssl_chain_cert=cert.pem,ssl_key=key.pem");
  }

  @TulipTest
  void withAPassword() throws Exception {
    try (var locked =
        RealServer.start(place -> {
          var users = place.folder().resolve("users");
          Files.writeString(users, "me:secret\n");
          return Peer.command(place.port(), "-Y", users.toString());
        })) {
      var options = MemcachedOptions.DEFAULT;
      var right = options.withCredentials(new Credentials("me", "secret"));
      try (var client = Peer.client(locked.address(), right)) {
        client.set("a", "x");
        assertEquals("x", client.get("a"));
      }
      var wrong = options.withCredentials(new Credentials("me", "guess"));
      try (var client = Peer.client(locked.address(), wrong)) {
        var e = assertThrows(ConnectionLostException.class, () -> client.get("a"));
        assertFalse(e.mayHaveBeenExecuted());
      }
      try (var client = Peer.client(locked.address())) {
        assertThrows(ClientErrorException.class, () -> client.get("a"));
      }
    }
  }
}
