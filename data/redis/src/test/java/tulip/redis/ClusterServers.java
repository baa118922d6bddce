// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tulip.core.Tulip;
import tulip.net.testing.RealProcess;
import tulip.net.testing.RealServer;
import tulip.redis.protocol.Reply;
import tulip.redis.protocol.cluster.Slot;

/// A cluster of real servers for a test: three masters, and a replica of each.
final class ClusterServers implements AutoCloseable {
  private static final int MASTERS = 3;

  private final List<RealServer> servers = new ArrayList<>();
  private final List<Integer> busPorts = new ArrayList<>();

  private ClusterServers() {}

  /// Starts it, and waits until all of it is ready. Blocks.
  static ClusterServers start() throws IOException {
    var cluster = new ClusterServers();
    try {
      for (int i = 0; i < 2 * MASTERS; i++) {
        cluster.startServer();
      }
      Tulip.run(cluster::join);
      return cluster;
    } catch (Throwable t) {
      cluster.close();
      throw t;
    }
  }

  private void startServer() throws IOException {
    int bus = RealServer.freePort();
    servers.add(
        RedisServer.start(
            "--cluster-enabled", "yes",
            "--cluster-node-timeout", "1000",
            "--cluster-port", Integer.toString(bus),
            "--repl-diskless-sync-delay", "0"));
    busPorts.add(bus);
  }

  private void join() throws IOException {
    int share = Slot.COUNT / MASTERS + 1;
    for (int i = 0; i < MASTERS; i++) {
      int last = Math.min(Slot.COUNT, (i + 1) * share) - 1;
      ask(i, "CLUSTER", "SET-CONFIG-EPOCH", i + 1);
      ask(i, "CLUSTER", "ADDSLOTSRANGE", i * share, last);
    }
    for (int i = 1; i < servers.size(); i++) {
      ask(0, "CLUSTER", "MEET", "127.0.0.1", servers.get(i).port(), busPorts.get(i));
    }
    awaitAll(i -> ask(i, "CLUSTER", "NODES").lines().count() == servers.size());
    for (int i = MASTERS; i < servers.size(); i++) {
      ask(i, "CLUSTER", "REPLICATE", ask(i - MASTERS, "CLUSTER", "MYID"));
    }
    awaitReady();
  }

  /// Waits until all that run agree on everything.
  void awaitReady() throws IOException {
    awaitAll(i -> ask(i, "CLUSTER", "INFO").contains("cluster_state:ok"));
    awaitAll(i -> !ask(i, "INFO", "replication").contains("master_link_status:down"));
    awaitAll(i -> slaves(ask(i, "CLUSTER", "NODES")) == running() - MASTERS);
    awaitAll(i -> serving(i) == running()); // a replica that has received nothing yet is left out
  }

  /// How many nodes a server tells its clients of.
  private long serving(int server) throws IOException {
    try (var connection = RedisConnection.connect(RedisServer.options(servers.get(server)))) {
      var ranges = connection.call("CLUSTER", "SLOTS").list(Reply::list);
      return ranges.stream()
          .flatMap(range -> range.stream().skip(2)) // behind the first and the last slot
          .map(node -> node.list().get(1).integer())
          .distinct()
          .count();
    }
  }

  /// Waits until all that run have heard who serves which slots.
  void awaitAgreement() throws IOException {
    awaitAll(i -> slots(0).equals(slots(i)));
  }

  /// Who serves which slots, according to a server.
  private List<String> slots(int server) throws IOException {
    return ask(server, "CLUSTER", "NODES")
        .lines()
        .filter(line -> line.contains("master"))
        .map(line -> line.replaceAll("^(\\S+) .* connected", "$1").replaceAll(" \\[.*", ""))
        .sorted()
        .toList();
  }

  private static long slaves(String nodes) {
    return nodes.lines().filter(line -> line.contains("slave") && !line.contains("fail")).count();
  }

  private long running() {
    return servers.stream().filter(server -> server.process().isAlive()).count();
  }

  private interface Check {
    boolean test(int server) throws IOException;
  }

  private void awaitAll(Check check) throws IOException {
    for (int i = 0; i < servers.size(); i++) {
      while (servers.get(i).process().isAlive() && !check.test(i)) {
        Tulip.sleep(ofMillis(20));
      }
    }
  }

  /// Asks one of the servers something.
  String ask(int server, Object... command) throws IOException {
    try (var connection = RedisConnection.connect(RedisServer.options(servers.get(server)))) {
      var reply = connection.call(command);
      return reply instanceof Reply.Int number ? Long.toString(number.value()) : reply.string();
    }
  }

  /// The options of a client.
  ClusterOptions options() {
    var urls = servers.stream().map(server -> "redis://127.0.0.1:" + server.port());
    return ClusterOptions.of(urls.limit(2).toArray(String[]::new));
  }

  /// The number of the server that is master of a key's slot.
  int masterOf(String key) throws IOException {
    for (int i = 0; i < servers.size(); i++) {
      if (servers.get(i).process().isAlive()) {
        var nodes = ask(i, "CLUSTER", "NODES");
        if (nodes.lines().anyMatch(line -> line.contains("myself,master") && serves(line, key))) {
          return i;
        }
      }
    }
    throw new IOException("nobody serves " + key);
  }

  private static boolean serves(String line, String key) {
    int slot = Slot.of(key);
    var words = List.of(line.split(" ", -1));
    Predicate<String> has =
        range -> {
          var ends = range.split("-", -1);
          return slot >= Integer.parseInt(ends[0])
              && slot <= Integer.parseInt(ends[ends.length - 1]);
        };
    return words.subList(8, words.size()).stream()
        .filter(range -> !range.startsWith("["))
        .anyMatch(has);
  }

  int port(int server) {
    return servers.get(server).port();
  }

  /// Has a slot be on its way from one master to another.
  void beginMove(String key, int source, int target) throws IOException {
    int slot = Slot.of(key);
    ask(target, "CLUSTER", "SETSLOT", slot, "IMPORTING", ask(source, "CLUSTER", "MYID"));
    ask(source, "CLUSTER", "SETSLOT", slot, "MIGRATING", ask(target, "CLUSTER", "MYID"));
  }

  /// Has it arrive.
  void endMove(String key, int source, int target) throws IOException {
    var id = ask(target, "CLUSTER", "MYID");
    ask(target, "CLUSTER", "SETSLOT", Slot.of(key), "NODE", id);
    ask(source, "CLUSTER", "SETSLOT", Slot.of(key), "NODE", id);
    awaitAgreement();
  }

  /// Kills a server. Blocks.
  void kill(int server) {
    servers.get(server).process().close();
  }

  /// Has the administration's own program do something. Blocks.
  String manage(String verb, int server, String... options) throws IOException {
    var command = new ArrayList<>(List.of("redis-cli", "--cluster", verb));
    command.add("127.0.0.1:" + servers.get(server).port());
    command.addAll(List.of(options));
    return RealProcess.run(Path.of("."), ofSeconds(60), command.toArray(String[]::new));
  }

  @Override
  public void close() {
    servers.forEach(RealServer::close);
  }
}
