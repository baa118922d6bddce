// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import tulip.core.TaskGroup;
import tulip.redis.ClusterErrand.Choice;
import tulip.redis.protocol.cluster.NodeAddress;
import tulip.redis.protocol.cluster.Shard;
import tulip.redis.protocol.cluster.Topology;

/// The nodes of a cluster that are used, each with its client.
final class ClusterNodes {
  /// How long a command waits for the connection to a node, before it looks whether another one has
  /// taken its place.
  private static final Duration PATIENCE = Duration.ofMillis(250);

  /// A replica refuses to read until it was told that old values will do.
  private record Key(NodeAddress address, boolean replica) {}

  private final ClusterOptions options;
  private final TaskGroup group;
  private final Map<Key, ClusterNode> nodes = new HashMap<>();
  private int turn;
  private boolean closed;

  /// @param group where the clients live
  ClusterNodes(ClusterOptions options, TaskGroup group) {
    this.options = options;
    this.group = group;
  }

  ClusterNode master(NodeAddress address) throws RedisConnectionException {
    return node(new Key(address, false));
  }

  ClusterNode replica(NodeAddress address) throws RedisConnectionException {
    return node(new Key(address, true));
  }

  private ClusterNode node(Key key) throws RedisConnectionException {
    if (closed) {
      throw RedisConnectionException.notSent("the client of the cluster is closed", null);
    }
    return nodes.computeIfAbsent(key, this::open);
  }

  private ClusterNode open(Key key) {
    var node = new ClusterNode(key.address);
    var own = options(key.address);
    var connector =
        key.replica ? new RedisConnector(() -> connectReadOnly(own)) : RedisConnector.to(own);
    group.start("hold " + own.endpoint(), () -> node.hold(own, connector));
    return node;
  }

  private RedisOptions options(NodeAddress address) {
    var endpoint = endpoint(address);
    var name = "cluster node " + endpoint;
    var common = options.node();
    return common
        .withEndpoint(endpoint)
        .withFailFast(false)
        .withSession(common.session().withName(name).withAwaitTimeout(PATIENCE))
        .withPool(common.pool().withName(name));
  }

  /// Where a node is reached.
  Endpoint.Host endpoint(NodeAddress address) {
    var tls = options.seeds().getFirst().tls();
    return options.addresses().apply(new Endpoint.Host(address.host(), address.port(), tls));
  }

  private static RedisConnection connectReadOnly(RedisOptions options) throws IOException {
    var connection = RedisConnection.connect(options);
    try {
      connection.ask(options.commandTimeout(), "READONLY").orThrow();
      return connection;
    } catch (Throwable t) {
      connection.abort();
      throw t;
    }
  }

  // Choices.

  /// The master that serves a slot.
  Choice serving(int slot) {
    return (topology, _) -> master(shard(topology, slot).master());
  }

  /// The first time a node that may answer what changes nothing, as the options say; else the
  /// master.
  Choice reading(int slot) {
    return options.readFrom() == ReadFrom.MASTER
        ? serving(slot)
        : (topology, first) -> {
          var shard = shard(topology, slot);
          return first ? reader(shard) : master(shard.master());
        };
  }

  private ClusterNode reader(Shard shard) throws RedisConnectionException {
    var replicas = shard.replicas();
    boolean masterToo = replicas.isEmpty() || options.readFrom() == ReadFrom.ANY;
    int chosen = next(replicas.size() + (masterToo ? 1 : 0));
    return chosen < replicas.size() ? replica(replicas.get(chosen)) : master(shard.master());
  }

  private static Shard shard(Topology topology, int slot) throws RedisConnectionException {
    var shard = topology.shard(slot);
    if (shard == null) {
      throw RedisConnectionException.notSent(
          "no node of the cluster serves slot " + slot + " at present", null);
    }
    return shard;
  }

  /// Any of the masters, one after the other.
  Choice any() {
    return (topology, _) -> {
      var shards = List.copyOf(topology.shards());
      return master(shards.get(next(shards.size())).master());
    };
  }

  private int next(int count) {
    return Math.floorMod(turn++, count);
  }

  // Coming and going.

  /// Retires the nodes that have gone, or are no more what they were.
  void retain(Topology topology) {
    var present = new HashSet<Key>();
    for (var shard : topology.shards()) {
      present.add(new Key(shard.master(), false));
      shard.replicas().forEach(replica -> present.add(new Key(replica, true)));
    }
    nodes.forEach((key, node) -> {
      if (!present.contains(key)) {
        node.retire();
      }
    });
    nodes.keySet().retainAll(present);
  }

  boolean isClosed() {
    return closed;
  }

  /// Retires all nodes for good.
  void close() {
    closed = true;
    nodes.values().forEach(ClusterNode::retire);
    nodes.clear();
  }
}
