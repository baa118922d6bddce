// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tulip.core.TaskGroup;
import tulip.redis.ClusterErrand.Choice;
import tulip.redis.protocol.Reply;
import tulip.redis.protocol.cluster.NodeAddress;

/// Several commands for different nodes: to each node those that are its own, in one piece and in
/// their order, all nodes at once. What a node does not serve goes out again.
final class ClusterPipeline {
  /// One command.
  private static final class Item {
    final Object[] command;
    final Choice choice;

    /// To whom it goes next, if a node has said so.
    @Nullable NodeAddress target;

    @Nullable Reply reply;

    Item(Object[] command, Choice choice) {
      this.command = command;
      this.choice = choice;
    }
  }

  /// A node, and whether it serves what it gets only to who asks for it.
  private record Destination(ClusterNode node, boolean asking) {}

  private final ClusterErrand errand;
  private final List<Item> items;
  private @Nullable IOException failure;

  /// @param choices to whom each command goes
  ClusterPipeline(ClusterErrand errand, List<Object[]> commands, List<Choice> choices) {
    this.errand = errand;
    items =
        IntStream.range(0, commands.size())
            .mapToObj(i -> new Item(commands.get(i), choices.get(i)))
            .toList();
  }

  /// Sends all, and waits for all replies.
  ///
  /// @return the replies in order; errors stand among them
  /// @throws RedisConnectionException if one is missing; it says whether any command may have been
  ///   executed
  List<Reply> run() throws IOException {
    var unanswered = items;
    while (!unanswered.isEmpty()) {
      errand.pause();
      sendAll(byDestination(unanswered));
      if (failure != null) {
        throw incomplete(failure);
      }
      unanswered = unanswered.stream().filter(item -> item.reply == null).toList();
    }
    return items.stream().map(item -> Objects.requireNonNull(item.reply)).toList();
  }

  private RedisConnectionException incomplete(IOException cause) {
    boolean executed =
        RedisConnectionException.mayHaveBeenExecuted(cause)
            || items.stream().anyMatch(item -> item.reply != null);
    return new RedisConnectionException(
        "some of "
            + items.size()
            + " commands for several nodes have no reply, "
            + (executed ? "others may have been executed: " : "none was executed: ")
            + cause.getMessage(),
        executed,
        cause);
  }

  private Map<Destination, List<Item>> byDestination(List<Item> unanswered) throws IOException {
    var groups = new LinkedHashMap<Destination, List<Item>>();
    for (var item : unanswered) {
      try {
        var node = errand.choose(item.choice, item.target);
        var destination = new Destination(node, item.target != null);
        groups.computeIfAbsent(destination, _ -> new ArrayList<>()).add(item);
      } catch (RedisConnectionException e) {
        note(e);
      }
    }
    return groups;
  }

  private void sendAll(Map<Destination, List<Item>> groups) {
    TaskGroup.run(
        group -> groups.forEach((destination, some) -> group.start(() -> send(destination, some))));
  }

  private void send(Destination to, List<Item> some) {
    try {
      var replies = to.node.client().pipeline(batch -> fill(batch, some, to.asking));
      int step = to.asking ? 2 : 1;
      for (int i = 0; i < some.size(); i++) {
        take(some.get(i), replies.get(i * step + step - 1), to.node.address);
      }
    } catch (IOException e) {
      note(e);
    }
  }

  private static void fill(Batch batch, List<Item> items, boolean asking) {
    for (var item : items) {
      if (asking) {
        batch.putAnyway("ASKING");
      }
      batch.call(item.command);
    }
  }

  private void take(Item item, Reply reply, NodeAddress from) {
    item.target = null;
    if (reply instanceof Reply.Failure error) {
      var verdict = errand.judge(error, from);
      if (verdict.again()) {
        item.target = verdict.target();
        return;
      }
    }
    item.reply = reply;
  }

  private void note(IOException e) {
    if (!errand.judge(e).again()) {
      if (failure == null) {
        failure = e;
      } else {
        failure.addSuppressed(e);
      }
    }
  }
}
