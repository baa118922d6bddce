// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.Arrays;
import tulip.pool.Receiving;

/// What happens to keys, as the server tells it.
///
/// ```java
/// redis.configSet("notify-keyspace-events", "KA");
/// try (var events = redis.keyspaceEvents("user:*")) {
///   for (var event : events) { ... }
/// }
/// ```
///
/// It is a [Subscription], and has its gaps. A key that expires is told of when the server removes
/// it. In a cluster each node tells of its own keys, to who is connected to it.
public final class KeyspaceEvents implements Receiving<KeyspaceEvent>, AutoCloseable {
  private final Subscription subscription;
  private final String channel;

  private KeyspaceEvents(Subscription subscription, String channel) {
    this.subscription = subscription;
    this.channel = channel;
  }

  static KeyspaceEvents open(Redis redis, String... patterns) throws IOException {
    var channel = "__keyspace@" + redis.options().login().database() + "__:";
    var all = Arrays.stream(patterns).map(pattern -> channel + pattern).toArray(String[]::new);
    return new KeyspaceEvents(redis.psubscribe(all), channel);
  }

  /// Receives what comes next. In a task.
  ///
  /// @throws IOException as [Subscription#receive]
  /// @throws tulip.core.Cancelled if the task was cancelled; nothing was taken
  @Override
  public KeyspaceEvent receive() throws IOException {
    return event(subscription.receive());
  }

  private KeyspaceEvent event(PubSubEvent event) {
    return switch (event) {
      case PubSubEvent.Message message ->
          new KeyspaceEvent.Changed(message.channel().substring(channel.length()), message.text());
      case PubSubEvent.Gap gap -> new KeyspaceEvent.Gap(gap);
    };
  }

  /// Ends it, and its connection. By the task that opened it.
  @Override
  public void close() {
    subscription.close();
  }

  @Override
  public String toString() {
    return "keyspace events of " + subscription;
  }
}
