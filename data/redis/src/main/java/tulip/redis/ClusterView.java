// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.redis.protocol.cluster.CommandTable;
import tulip.redis.protocol.cluster.NodeAddress;
import tulip.redis.protocol.cluster.Topology;

/// What a client knows of its cluster, kept up to date by asking nodes.
///
/// A node that was cut off from the others tells old things. So several are asked at a time, and
/// the one is believed that has seen the latest election: the highest epoch.
final class ClusterView {
  private static final int ASKED_AT_ONCE = 3;
  private static final Duration ANSWER = Duration.ofSeconds(3);

  /// Between two times that nodes are asked, at least.
  private static final Duration PAUSE = Duration.ofMillis(100);

  /// What a node has told.
  ///
  /// @param epoch the number of the latest election that it knows of
  record Knowledge(long epoch, Topology topology, CommandTable commands) {}

  private final ClusterOptions options;
  private final ClusterNodes nodes;
  private final Event known = new Event();
  private final Event wanted = new Event();
  private @Nullable Knowledge knowledge;
  private @Nullable Throwable lastFailure;

  ClusterView(ClusterOptions options, ClusterNodes nodes) {
    this.options = options;
    this.nodes = nodes;
  }

  // Reading.

  /// What is known at present. The first time it waits until something is.
  ///
  /// @throws RedisConnectionException if no node has answered in time
  Knowledge now() throws RedisConnectionException {
    if (knowledge == null) {
      var session = options.node().session();
      Tulip.moveOnAfter(options.node().failFast() ? ANSWER : session.awaitTimeout(), known::await);
    }
    if (knowledge == null) {
      throw RedisConnectionException.notSent(
          "no node of the cluster has told of the others, asked were " + options.seeds(),
          lastFailure);
    }
    return knowledge;
  }

  /// Notes that a slot has moved; what else has changed nodes are asked soon.
  void moved(int slot, NodeAddress master) {
    if (knowledge != null) {
      knowledge.topology.moved(slot, master);
    }
    refreshSoon();
  }

  // Asking.

  /// Has nodes be asked soon.
  void refreshSoon() {
    wanted.set();
  }

  /// Asks again and again, until it is cancelled.
  void keep() {
    try {
      while (true) {
        wanted.clear();
        askNodes();
        Tulip.sleep(PAUSE);
        Tulip.moveOnAfter(knowledge == null ? PAUSE : options.refreshAfter(), wanted::await);
      }
    } finally {
      known.set(); // nobody will ever know more
    }
  }

  private void askNodes() {
    var sources = sources();
    for (int i = 0; i < sources.size(); i += ASKED_AT_ONCE) {
      var some = sources.subList(i, Math.min(sources.size(), i + ASKED_AT_ONCE));
      var best =
          Tulip.gather(some, this::ask).stream()
              .flatMap(Optional::stream)
              .max(Comparator.comparingLong(Knowledge::epoch));
      if (best.isPresent()) {
        believe(best.get());
        return;
      }
    }
  }

  /// All nodes that are known in any order, and then the seeds.
  private List<Endpoint.Host> sources() {
    var sources = new ArrayList<Endpoint.Host>();
    if (knowledge != null) {
      knowledge.topology.nodes().forEach(node -> sources.add(nodes.endpoint(node)));
      Collections.shuffle(sources, RandomGenerator.getDefault());
    }
    sources.addAll(options.seeds());
    return sources;
  }

  /// Nothing if the node does not answer, refuses, or says what nobody can read.
  private Optional<Knowledge> ask(Endpoint.Host source) {
    try {
      return Optional.of(Tulip.timeout(ANSWER, () -> askOn(source)));
    } catch (IOException | TimeoutException | RuntimeException e) {
      lastFailure = e;
      return Optional.empty();
    }
  }

  private Knowledge askOn(Endpoint.Host source) throws IOException {
    try (var connection = RedisConnection.connect(options.node().withEndpoint(source))) {
      var epoch = epoch(connection.call("CLUSTER", "INFO").string());
      var slots = connection.call("CLUSTER", "SLOTS");
      var told = Topology.of(slots, new NodeAddress(source.host(), source.port()));
      if (told.shards().isEmpty()) {
        throw new IllegalStateException(source + " knows of no node that serves a slot");
      }
      var before = knowledge;
      var commands = before == null ? CommandTable.of(connection.call("COMMAND")) : before.commands;
      return new Knowledge(epoch, told, commands);
    }
  }

  private static long epoch(String info) {
    return info.lines()
        .filter(line -> line.startsWith("cluster_current_epoch:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
        .findFirst()
        .orElse(0);
  }

  private void believe(Knowledge told) {
    knowledge = told;
    nodes.retain(told.topology);
    known.set();
  }
}
