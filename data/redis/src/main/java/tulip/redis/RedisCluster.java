// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip.Mapping;
import tulip.redis.ClusterErrand.Choice;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;
import tulip.redis.protocol.cluster.Route;
import tulip.redis.protocol.cluster.Slot;

/// A client of a Redis Cluster: servers that have shared the keys among them.
///
/// ```java
/// try (var redis = RedisCluster.open("redis://node1", "redis://node2")) {
///   redis.set("greeting", "hello");
///   System.out.println(redis.mget("greeting", "other"));
/// }
/// ```
///
/// It has the commands of [Redis], and a client for each node that it needs. Each command goes to
/// the node that serves the slot of its keys; where those stand in a command the servers say
/// themselves. Slots that move are followed. Commands for which no node is there at present wait
/// for one, as long as the session's options say. What may have been executed is not sent again: it
/// fails with [RedisConnectionException], which says so.
///
/// **Several keys.** A command that the servers call divisible, such as MGET, MSET, DEL or EXISTS,
/// is split by slots, and is not atomic then. All others need keys of the same slot, and are
/// refused otherwise before anything is sent. Keys with the same text in braces are in the same
/// slot: `{user1}:name`, `{user1}:mail`.
///
/// **No keys.** What is about the whole cluster, such as DBSIZE, KEYS or FLUSHALL, goes to all
/// masters, and their replies become one; PUBLISH and the like go to any. What is about one node,
/// such as INFO, is for [#masters].
///
/// A client is a block: it belongs to the task that opened it, which closes it. The other methods
/// are for any task of its loop.
public final class RedisCluster implements RedisCommands, AutoCloseable {
  private final ClusterOptions options;
  private final TaskGroup group = TaskGroup.open();
  private final ClusterNodes nodes;
  private final ClusterView view;
  private final ClusterCaller caller;
  private final Task<?> keeper;

  private RedisCluster(ClusterOptions options) {
    this.options = options;
    nodes = new ClusterNodes(options, group);
    view = new ClusterView(options, nodes);
    caller = new ClusterCaller(options, view, nodes);
    keeper = group.start("know the nodes of " + this, view::keep);
  }

  /// Opens a client of the cluster to which some nodes belong; it connects in the background. In a
  /// task.
  ///
  /// @param urls as for [ClusterOptions#of]
  /// @throws IllegalArgumentException if there is none, or one is no host
  public static RedisCluster open(String... urls) {
    return open(ClusterOptions.of(urls));
  }

  /// Opens a client; it connects in the background. In a task.
  public static RedisCluster open(ClusterOptions options) {
    return new RedisCluster(options);
  }

  // Commands.

  /// Sends a command to the node that has its keys; or to several, if it is about all of them.
  ///
  /// @throws IllegalArgumentException also if it has keys of several slots and is not divisible, is
  ///   about one node, or changes a connection that all share
  @Override
  public Reply call(Object... command) throws IOException {
    return caller.call(command);
  }

  /// Sends several commands at once, to each node those that have their keys there, and waits for
  /// all replies. Commands of the same slot keep their order, unless it moves at this moment.
  ///
  /// @return the replies in order; errors stand among them as [Reply.Failure]
  /// @throws RedisConnectionException if a reply is missing; it says whether any of the commands
  ///   may have been executed
  /// @throws IllegalArgumentException if a command has keys of several slots, or is for all nodes;
  ///   nothing was sent
  /// @throws IOException as [#call]
  public List<Reply> pipeline(Consumer<? super Batch> commands) throws IOException {
    return pipeline(Batch.of(commands));
  }

  /// The same with the commands of a batch.
  ///
  /// @throws IOException as [#pipeline(Consumer)]
  public List<Reply> pipeline(Batch batch) throws IOException {
    return batch.settle(caller.pipeline(batch.commands()));
  }

  /// Has a node execute several commands with nothing between them: MULTI and EXEC. All keys are in
  /// one slot.
  ///
  /// @return the replies in order; errors stand among them as [Reply.Failure], and have not undone
  ///   the others
  /// @throws RedisException if the node refused a command before it executed any
  /// @throws IllegalArgumentException if keys are in different slots; nothing was sent
  /// @throws IOException as [#call]
  public List<Reply> multi(Consumer<? super Batch> commands) throws IOException {
    return multi(Batch.of(commands));
  }

  /// The same with the commands of a batch.
  ///
  /// @throws IOException as [#multi(Consumer)]
  public List<Reply> multi(Batch batch) throws IOException {
    return batch.settle(caller.multi(batch.commands()));
  }

  /// Has a node execute commands if keys have not changed since the block has read them, as
  /// [Redis#watch] does. All keys are in one slot. If that moves meanwhile the block is run again.
  ///
  /// @return the replies of the transaction in order
  /// @throws X what the block throws
  /// @throws IllegalArgumentException if keys that are watched are in different slots
  /// @throws IOException as [#call]
  public <X extends Exception> List<Reply> watch(List<String> keys, Redis.Watched<X> block)
      throws X, IOException {
    var errand = caller.errand();
    while (true) {
      errand.pause();
      var node = errand.choose(nodes.serving(Route.slot("WATCH", keys)), null);
      try {
        return node.client().watch(keys, block);
      } catch (RedisException e) {
        if (!errand.judge(e, node.address).again()) {
          throw e;
        }
      }
    }
  }

  /// Runs a block with a connection to the node that serves a key, which nobody else uses
  /// meanwhile. If the key's slot moves, the block sees it as an error.
  ///
  /// @throws X what the block throws
  /// @throws IOException if no connection could be had
  public <T extends @Nullable Object, X extends Exception> T connected(
      String key, Mapping<? super RedisConnection, T, X> block) throws X, IOException {
    var node = caller.errand().choose(nodes.serving(Slot.of(key)), null);
    return node.client().connected(block);
  }

  /// All masters at present, for what is about one node: each by its commands, which need no keys.
  /// If another node takes the place of one, they go to that.
  ///
  /// @throws RedisConnectionException if no node has told of the others
  public List<RedisCommands> masters() throws IOException {
    var masters = new ArrayList<RedisCommands>();
    for (int slot : view.now().topology().slots()) {
      masters.add(command -> caller.call(nodes.serving(slot), command));
    }
    return masters;
  }

  /// SCAN: the keys of all masters, one master after the other, as [KeyCommands#scan] does. Keys of
  /// slots that move meanwhile may come twice or not at all.
  @Override
  public Iterable<String> scan(ScanOption... options) {
    return new ClusterScan(this, List.of(options));
  }

  // Messages and streams.

  /// Subscribes to channels, on a connection of its own to any node. In a task, which closes the
  /// subscription.
  ///
  /// @throws RedisException if the server refuses it
  /// @throws IOException if there is no connection to be had
  public Subscription subscribe(String... channels) throws IOException {
    return open(nodes.any(), subscription -> subscription.subscribe(channels));
  }

  /// Subscribes to all channels that match patterns, as [#subscribe] does.
  ///
  /// @throws RedisException if the server refuses it
  /// @throws IOException if there is no connection to be had
  public Subscription psubscribe(String... patterns) throws IOException {
    return open(nodes.any(), subscription -> subscription.psubscribe(patterns));
  }

  /// Subscribes to sharded channels of one slot, on a connection of its own to the node that serves
  /// it; when the slot moves it follows, with a gap.
  ///
  /// @throws RedisException if the server refuses it
  /// @throws IllegalArgumentException if the channels are in different slots: each slot has a
  ///   subscription of its own
  /// @throws IOException if there is no connection to be had
  public Subscription ssubscribe(String... channels) throws IOException {
    var choice = nodes.serving(Route.slot("SSUBSCRIBE", List.of(channels)));
    return caller
        .errand()
        .run(choice, (_, _) -> open(choice, subscription -> subscription.ssubscribe(channels)));
  }

  private Subscription open(Choice choice, Subscription.Beginning beginning) throws IOException {
    var session = options.node().session();
    var connector = new RedisConnector(() -> connect(choice));
    return Subscription.open(session, connector, beginning);
  }

  private RedisConnection connect(Choice choice) throws IOException {
    view.refreshSoon();
    var address = choice.of(view.now().topology(), true).address;
    return RedisConnection.connect(options.node().withEndpoint(nodes.endpoint(address)));
  }

  /// Deals with the entries of a stream as one of the consumers of a group, as [Redis#consume]
  /// does.
  ///
  /// @throws X what the handler throws; its entry is not acknowledged
  /// @throws IOException as [Redis#consume]
  public <X extends Exception> void consume(
      StreamConsumer consumer, StreamConsumer.Handler<X> handler) throws X, IOException {
    new ConsumerLoop<>(this, consumer, handler, options.node().session().backoff()).run();
  }

  // The end.

  /// What the client was told.
  public ClusterOptions options() {
    return options;
  }

  /// Waits for commands that are under way, for some time, and closes all connections. By the task
  /// that opened the client.
  @Override
  public void close() {
    try {
      nodes.close();
      keeper.cancel();
      group.join();
    } finally {
      group.close();
    }
  }

  @Override
  public String toString() {
    return "client of the cluster of " + options.seeds().getFirst();
  }
}
