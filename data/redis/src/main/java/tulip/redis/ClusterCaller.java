// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.redis.ClusterErrand.Choice;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;
import tulip.redis.protocol.cluster.ResponsePolicy;
import tulip.redis.protocol.cluster.Route;
import tulip.redis.protocol.cluster.Split;

/// Sends commands of a cluster where they belong, and makes one reply of those that come back.
final class ClusterCaller implements Commands {
  private final ClusterOptions options;
  private final ClusterView view;
  private final ClusterNodes nodes;

  ClusterCaller(ClusterOptions options, ClusterView view, ClusterNodes nodes) {
    this.options = options;
    this.view = view;
    this.nodes = nodes;
  }

  @Override
  public Reply call(Object... command) throws IOException {
    return switch (view.now().commands().route(command)) {
      case Route.ToSlot(int slot, boolean readOnly) -> callAt(slot, readOnly, command);
      case Route.ToAny() -> call(nodes.any(), command);
      case Route.ToSlots(Split split) -> callSplit(split);
      case Route.ToAll(boolean replicasToo, ResponsePolicy response) ->
          callAll(replicasToo, response, command);
      case Route.ToWhereKeysAre(boolean readOnly) -> callByServersWord(readOnly, command);
    };
  }

  private Reply callAt(int slot, boolean readOnly, Object... command) throws IOException {
    boolean anyReader = readOnly && CommandKind.of(command) == CommandKind.ORDINARY;
    return call(anyReader ? nodes.reading(slot) : nodes.serving(slot), command);
  }

  Reply call(Choice choice, Object... command) throws IOException {
    return errand().run(choice, (node, asking) -> call(node, asking, command));
  }

  ClusterErrand errand() {
    return new ClusterErrand(options, view, nodes);
  }

  private static Reply call(Redis node, boolean asking, Object... command) throws IOException {
    if (!asking) {
      return node.call(command);
    }
    if (CommandKind.of(command) == CommandKind.BLOCKING) {
      return node.connected(connection -> {
        connection.ask(node.options().commandTimeout(), "ASKING");
        return connection.call(command);
      });
    }
    var replies =
        node.pipeline(batch -> {
          batch.putAnyway("ASKING");
          batch.call(command);
        });
    return replies.getLast().orThrow();
  }

  private Reply callSplit(Split split) throws IOException {
    var choices = split.slots().stream().map(nodes::serving).toList();
    return split.merge(new ClusterPipeline(errand(), split.commands(), choices).run()).orThrow();
  }

  /// If one node fails others have executed it.
  private Reply callAll(boolean replicasToo, ResponsePolicy response, Object... command)
      throws IOException {
    try {
      var replies = Tulip.gather(all(replicasToo), choice -> failureOr(choice, command));
      return response.merge(replies).orThrow();
    } catch (IOException e) {
      throw new RedisConnectionException(
          command[0] + " has failed on a node, others may have executed it: " + e.getMessage(),
          true,
          e);
    }
  }

  private Reply failureOr(Choice choice, Object... command) throws IOException {
    try {
      return call(choice, command);
    } catch (RedisException e) {
      return e.failure();
    }
  }

  private List<Choice> all(boolean replicasToo) throws IOException {
    var topology = view.now().topology();
    var all = new ArrayList<Choice>();
    topology.slots().forEach(slot -> all.add(nodes.serving(slot)));
    if (replicasToo) {
      for (var shard : topology.shards()) {
        shard.replicas().forEach(replica -> all.add((_, _) -> nodes.replica(replica)));
      }
    }
    return all;
  }

  private Reply callByServersWord(boolean readOnly, Object... command) throws IOException {
    List<Bytes> keys;
    try {
      keys =
          call(nodes.any(), Arguments.of("COMMAND", "GETKEYS").add(command).toArray())
              .list(Reply::bytes);
    } catch (RedisException e) {
      keys = List.of(); // whatever is wrong with it, a node will say
    }
    return switch (Route.toKeys(command[0], keys, readOnly)) {
      case Route.ToSlot(int slot, _) -> callAt(slot, readOnly, command);
      default -> call(nodes.any(), command);
    };
  }

  // Several commands.

  /// Has each command sent to the node of its slot.
  List<Reply> pipeline(List<Object[]> commands) throws IOException {
    var choices = new ArrayList<Choice>();
    var any = nodes.any();
    for (var command : commands) {
      int slot = slot(command);
      choices.add(slot < 0 ? any : nodes.serving(slot));
    }
    return new ClusterPipeline(errand(), commands, choices).run();
  }

  /// Has one node execute all commands.
  List<Reply> multi(List<Object[]> commands) throws IOException {
    int slot = -1;
    for (var command : commands) {
      int next = slot(command);
      if (slot >= 0 && next >= 0 && slot != next) {
        throw new IllegalArgumentException(
            "a transaction has keys of one slot, and those of %s are in another one: {braces}"
                    .formatted(command[0])
                + " around what keys have in common keep them together");
      }
      slot = Math.max(slot, next);
    }
    var choice = slot < 0 ? nodes.any() : nodes.serving(slot);
    return errand().run(choice, (node, asking) -> transact(node, asking, commands));
  }

  private static List<Reply> transact(Redis node, boolean asking, List<Object[]> commands)
      throws IOException {
    var replies =
        node.pipeline(batch -> {
          if (asking) {
            batch.putAnyway("ASKING");
          }
          batch.putAnyway("MULTI");
          commands.forEach(batch::call);
          batch.putAnyway("EXEC");
        });
    var own = replies.subList(asking ? 1 : 0, replies.size());
    return Objects.requireNonNull(Transaction.result(own.toArray(Reply[]::new)));
  }

  /// The slot of a command's keys; -1 if it has none.
  private int slot(Object... command) throws IOException {
    return switch (view.now().commands().route(command)) {
      case Route.ToSlot(int slot, _) -> slot;
      case Route.ToAny() -> -1;
      case Route.ToSlots _, Route.ToAll _, Route.ToWhereKeysAre _ ->
          throw new IllegalArgumentException(
              command[0] + " is not for one node alone, and has no place among other commands");
    };
  }
}
