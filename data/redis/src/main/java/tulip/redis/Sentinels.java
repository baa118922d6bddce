// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import tulip.core.Tulip;
import tulip.core.Tulip.Mapping;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;

/// The sentinels of a master, who know where it is: the one that has answered last is asked first.
///
/// Adding one to the known ones that is among them already moves it.
final class Sentinels {
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final SentinelOptions options;
  private final LinkedHashSet<Endpoint.Host> known;
  private int turn;

  Sentinels(SentinelOptions options) {
    this.options = options;
    known = new LinkedHashSet<>(options.sentinels());
  }

  // Connections to where they say.

  /// Connects to the master.
  ///
  /// @throws IOException also if who should be it says that it is none
  RedisConnection connectToMaster() throws IOException {
    return connect(master(), "master");
  }

  /// Connects to one of the replicas, which take turns; to the master if there is none.
  RedisConnection connectToReplica() throws IOException {
    var replicas = replicas();
    return replicas.isEmpty()
        ? connectToMaster()
        : connect(replicas.get(Math.floorMod(turn++, replicas.size())), "slave");
  }

  /// A sentinel whose word does not hold is asked last the next time: the others may know better.
  private RedisConnection connect(Endpoint.Host address, String role) throws IOException {
    var informant = known.getFirst();
    try {
      return connectTo(address, role);
    } catch (IOException | RedisException e) {
      known.addLast(informant);
      throw e;
    }
  }

  private RedisConnection connectTo(Endpoint.Host address, String role) throws IOException {
    var connection = RedisConnection.connect(options.node().withEndpoint(address));
    try {
      var own = connection.call("ROLE").list().getFirst().string();
      if (!own.equals(role)) {
        throw new IOException(
            "the sentinels say that %s is %s of %s, but it is %s itself"
                .formatted(address, role, options.master(), own));
      }
      return connection;
    } catch (Throwable t) {
      connection.abort();
      throw t;
    }
  }

  /// Connects to any sentinel, to hear what happens.
  RedisConnection connectToSentinel() throws IOException {
    return ask(connection -> connection, true);
  }

  // Questions.

  private Endpoint.Host master() throws IOException {
    return ask(this::master, false);
  }

  private Endpoint.Host master(RedisConnection sentinel) throws IOException {
    var reply = sentinel.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", options.master());
    if (reply.isNull()) {
      throw new IOException("the sentinel knows no master " + options.master());
    }
    for (var other : servers(sentinel, "SENTINELS")) {
      known.add(address(other));
    }
    return address(reply.list().get(0).string(), (int) reply.list().get(1).integer());
  }

  private List<Endpoint.Host> replicas() throws IOException {
    return ask(
        sentinel ->
            servers(sentinel, "REPLICAS").stream()
                .filter(Sentinels::isUp)
                .map(this::address)
                .toList(),
        false);
  }

  private List<Map<String, String>> servers(RedisConnection sentinel, String which)
      throws IOException {
    return sentinel
        .call("SENTINEL", which, options.master())
        .list(server -> server.map(Reply::string));
  }

  private static boolean isUp(Map<String, String> replica) {
    var flags = List.of(replica.getOrDefault("flags", "").split(",", -1));
    return !flags.contains("s_down")
        && !flags.contains("disconnected")
        && "ok".equals(replica.get("master-link-status"));
  }

  private Endpoint.Host address(Map<String, String> server) {
    return address(
        server.getOrDefault("ip", ""), Integer.parseInt(server.getOrDefault("port", "0")));
  }

  private Endpoint.Host address(String host, int port) {
    var tls = options.sentinels().getFirst().tls();
    return options.addresses().apply(new Endpoint.Host(host, port, tls));
  }

  // Asking one after the other.

  /// @param keep whether the connection stays open
  private <T> T ask(Mapping<RedisConnection, T, IOException> question, boolean keep)
      throws IOException {
    var failures = new ArrayList<Exception>();
    for (var sentinel : List.copyOf(known)) {
      try {
        var answer = Tulip.timeout(ANSWER, () -> askOn(sentinel, question, keep));
        known.addFirst(sentinel);
        return answer;
      } catch (IOException | TimeoutException | RuntimeException e) {
        failures.add(e);
      }
    }
    var none = new IOException("no sentinel has told of " + options.master() + ": " + known);
    failures.forEach(none::addSuppressed);
    throw none;
  }

  private <T> T askOn(
      Endpoint.Host sentinel, Mapping<RedisConnection, T, IOException> question, boolean keep)
      throws IOException {
    var login = options.sentinelLogin().withDatabase(0);
    var own = options.node().withEndpoint(sentinel).withLogin(login);
    var connection = RedisConnection.connect(own);
    boolean answered = false;
    try {
      var answer = question.apply(connection);
      answered = true;
      return answer;
    } finally {
      if (!answered || !keep) {
        connection.abort();
      }
    }
  }
}
