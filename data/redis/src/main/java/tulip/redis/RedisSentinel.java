// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tulip.core.TaskGroup;

/// Sentinels, and the servers that they watch over: a master, which they replace by one of its
/// replicas when it dies.
///
/// ```java
/// try (var sentinel = RedisSentinel.open("mymaster", "redis://host1:26379", "redis://host2:26379");
///     var redis = sentinel.openMaster()) {
///   redis.set("greeting", "hello");
/// }
/// ```
///
/// Where a server is the sentinels are asked for each new connection, and the server must say
/// itself that it is what they say. When they announce another master, all connections are opened
/// anew. Commands that are under way then fail as at any loss of a connection, and later ones wait
/// for the new master as long as the session's options say.
///
/// Redis acknowledges a write before the replicas have it. So a fail-over may lose writes that were
/// acknowledged, and a master that was cut off from the sentinels may take some that nobody keeps.
///
/// It is a block: it belongs to the task that opened it, which closes it after the clients.
public final class RedisSentinel implements AutoCloseable {
  private static final String SWITCH = "+switch-master";

  private final SentinelOptions options;
  private final Sentinels sentinels;
  private final TaskGroup group = TaskGroup.open();
  private final List<Redis> clients = new ArrayList<>();

  private RedisSentinel(SentinelOptions options) {
    this.options = options;
    sentinels = new Sentinels(options);
    group.start("listen to the sentinels of " + options.master(), this::listen);
  }

  /// Begins to listen to sentinels, in the background. In a task.
  ///
  /// @param master the name under which they know it
  /// @param urls as for [SentinelOptions#of]
  public static RedisSentinel open(String master, String... urls) {
    return open(SentinelOptions.of(master, urls));
  }

  /// Begins to listen to sentinels, in the background. In a task.
  public static RedisSentinel open(SentinelOptions options) {
    return new RedisSentinel(options);
  }

  /// Opens a client of the master, which connects in the background. In a task, which closes it.
  public Redis openMaster() {
    return open("master " + options.master(), new RedisConnector(sentinels::connectToMaster));
  }

  /// Opens a client of a replica, to read what was true a while ago: another one for each
  /// connection, or the master if there is none. In a task, which closes it.
  public Redis openReplica() {
    return open("replica of " + options.master(), new RedisConnector(sentinels::connectToReplica));
  }

  private Redis open(String name, RedisConnector connector) {
    var node = options.node();
    var client =
        Redis.open(
            node.withSession(node.session().withName(name)).withPool(node.pool().withName(name)),
            connector);
    clients.removeIf(Redis::isClosed);
    clients.add(client);
    return client;
  }

  private void listen() throws IOException {
    var connector = new RedisConnector(sentinels::connectToSentinel);
    for (var attempt : options.node().session().backoff().attempts()) {
      try (var events =
          Subscription.open(
              options.node().session(),
              connector,
              subscription -> subscription.subscribe(SWITCH))) {
        attempt.succeeded();
        while (true) {
          note(events.receive());
        }
      } catch (IOException e) {
        attempt.failed(e);
      }
    }
  }

  /// After a gap nobody knows whether there is another master; the connections that are good are
  /// soon there again.
  private void note(PubSubEvent event) {
    boolean other =
        switch (event) {
          case PubSubEvent.Message message -> message.text().startsWith(options.master() + " ");
          case PubSubEvent.Gap _ -> true;
        };
    if (other) {
      clients.removeIf(Redis::isClosed);
      clients.forEach(client -> client.reconnect("the sentinels say there is another master"));
    }
  }

  /// Ends listening. By the task that opened it.
  @Override
  public void close() {
    group.close();
  }

  @Override
  public String toString() {
    return "sentinels of " + options.master();
  }
}
