// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMillis;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import tulip.core.Tulip;
import tulip.net.testing.RealServer;
import tulip.redis.protocol.Reply;

/// A master with two replicas, and three sentinels that watch over them; all want passwords.
final class SentinelServers implements AutoCloseable {
  static final String MASTER = "tulips";
  private static final String PASSWORD = "secret";
  private static final String SENTINEL_PASSWORD = "sentinel";

  private final List<RealServer> servers = new ArrayList<>();
  private final List<RealServer> sentinels = new ArrayList<>();

  private SentinelServers() {}

  /// Starts them, and waits until all know each other. Blocks.
  static SentinelServers start() throws IOException {
    var all = new SentinelServers();
    try {
      for (int i = 0; i < 3; i++) {
        all.startServer();
      }
      for (int i = 0; i < 3; i++) {
        all.startSentinel();
      }
      Tulip.run(all::awaitReady);
      return all;
    } catch (Throwable t) {
      all.close();
      throw t;
    }
  }

  private void startServer() throws IOException {
    var options = new ArrayList<>(List.of("--requirepass", PASSWORD, "--masterauth", PASSWORD));
    options.addAll(List.of("--repl-diskless-sync-delay", "0"));
    if (!servers.isEmpty()) {
      options.addAll(List.of("--replicaof", "127.0.0.1 " + servers.getFirst().port()));
    }
    servers.add(RedisServer.start(options.toArray(String[]::new)));
  }

  private void startSentinel() throws IOException {
    sentinels.add(
        RealServer.start(place -> {
          var file = place.folder().resolve("sentinel.conf");
          Files.write(
              file,
              List.of(
                  "port " + place.port(),
                  "bind 127.0.0.1",
                  "requirepass " + SENTINEL_PASSWORD,
                  "sentinel sentinel-pass " + SENTINEL_PASSWORD,
                  "sentinel monitor " + MASTER + " 127.0.0.1 " + servers.getFirst().port() + " 2",
                  "sentinel auth-pass " + MASTER + " " + PASSWORD,
                  "sentinel down-after-milliseconds " + MASTER + " 500",
                  "sentinel failover-timeout " + MASTER + " 1000"));
          return List.of("redis-server", file.toString(), "--sentinel");
        }));
  }

  private void awaitReady() throws IOException {
    for (var sentinel : sentinels) {
      while (count(sentinel, "SENTINELS") < 2 || count(sentinel, "REPLICAS") < 2) {
        Tulip.sleep(ofMillis(20));
      }
    }
  }

  private static long count(RealServer sentinel, String what) throws IOException {
    return ask(sentinel, "SENTINEL", what, MASTER)
        .list(server -> server.map(Reply::string))
        .stream()
        .filter(server -> !server.getOrDefault("runid", "").isEmpty())
        .filter(server -> !"err".equals(server.get("master-link-status")))
        .count();
  }

  private static Reply ask(RealServer sentinel, Object... command) throws IOException {
    var login = Login.ANONYMOUS.withPassword(SENTINEL_PASSWORD);
    try (var connection = RedisConnection.connect(RedisServer.options(sentinel).withLogin(login))) {
      return connection.call(command);
    }
  }

  /// The options of a client that is told of the first two sentinels.
  SentinelOptions options() {
    var urls =
        sentinels.stream().map(s -> "redis://:" + SENTINEL_PASSWORD + "@127.0.0.1:" + s.port());
    return SentinelOptions.of(MASTER, urls.limit(2).toArray(String[]::new))
        .withLogin(Login.ANONYMOUS.withPassword(PASSWORD));
  }

  /// Has the sentinels replace a master that is well.
  void failOver() throws IOException {
    ask(sentinels.getLast(), "SENTINEL", "FAILOVER", MASTER);
  }

  /// Kills the server at a port. Blocks.
  void kill(int port) {
    servers.stream().filter(s -> s.port() == port).forEach(s -> s.process().close());
  }

  /// Waits until all sentinels say that the server at a port is the master.
  void awaitAgreement(int port) throws IOException {
    for (var sentinel : sentinels) {
      while (ask(sentinel, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER).list().get(1).integer()
          != port) {
        Tulip.sleep(ofMillis(20));
      }
    }
  }

  /// Kills the first sentinel. Blocks.
  void killSentinel() {
    sentinels.getFirst().process().close();
  }

  @Override
  public void close() {
    sentinels.forEach(RealServer::close);
    servers.forEach(RealServer::close);
  }
}
