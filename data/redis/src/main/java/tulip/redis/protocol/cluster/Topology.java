// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// Which nodes serve which slots, as one of them has told, and as others have corrected it since.
public final class Topology {
  private final @Nullable Shard[] bySlot = new @Nullable Shard[Slot.COUNT];

  private Topology() {}

  /// Reads the reply to `CLUSTER SLOTS`.
  ///
  /// @param from who has answered: it may leave its own name out
  /// @throws IllegalStateException if it is no such reply
  public static Topology of(Reply slots, NodeAddress from) {
    var topology = new Topology();
    for (var range : slots.list()) {
      var parts = range.list();
      if (parts.size() < 3) {
        throw new IllegalStateException("slots without a node: " + range);
      }
      var nodes = new ArrayList<NodeAddress>();
      for (var node : parts.subList(2, parts.size())) {
        nodes.add(address(node.list(), from));
      }
      var replicas = List.copyOf(nodes.subList(1, nodes.size()));
      topology.set(parts.get(0), parts.get(1), new Shard(nodes.getFirst(), replicas));
    }
    return topology;
  }

  private static NodeAddress address(List<Reply> node, NodeAddress from) {
    var host = node.getFirst().isNull() ? "" : node.getFirst().string();
    boolean unnamed = host.isEmpty() || host.equals("?");
    return new NodeAddress(unnamed ? from.host() : host, (int) node.get(1).integer());
  }

  private void set(Reply first, Reply last, Shard shard) {
    if (first.integer() < 0 || last.integer() >= Slot.COUNT) {
      throw new IllegalStateException("slots " + first + " to " + last);
    }
    for (int slot = (int) first.integer(); slot <= last.integer(); slot++) {
      bySlot[slot] = shard;
    }
  }

  /// Who serves a slot; `null` if nobody does.
  public @Nullable Shard shard(int slot) {
    return bySlot[slot];
  }

  /// Notes that a slot has moved to another master.
  public void moved(int slot, NodeAddress master) {
    for (var shard : shards()) {
      if (shard.master().equals(master)) {
        bySlot[slot] = shard;
        return;
      }
    }
    bySlot[slot] = new Shard(master, List.of());
  }

  /// All shards that serve a slot, each once, in the order of their slots.
  public Collection<Shard> shards() {
    var shards = new LinkedHashMap<NodeAddress, Shard>();
    for (var shard : bySlot) {
      if (shard != null) {
        shards.putIfAbsent(shard.master(), shard);
      }
    }
    return shards.values();
  }

  /// One slot of each shard.
  public List<Integer> slots() {
    var slots = new LinkedHashMap<NodeAddress, Integer>();
    for (int slot = 0; slot < bySlot.length; slot++) {
      var shard = bySlot[slot];
      if (shard != null) {
        slots.putIfAbsent(shard.master(), slot);
      }
    }
    return List.copyOf(slots.values());
  }

  /// All nodes, masters first.
  public Set<NodeAddress> nodes() {
    var nodes = new LinkedHashSet<NodeAddress>();
    shards().forEach(shard -> nodes.add(shard.master()));
    shards().forEach(shard -> nodes.addAll(shard.replicas()));
    return nodes;
  }
}
