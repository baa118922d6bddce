// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import tulip.core.EventLoop;
import tulip.pool.Backoff;

/// Reads, handles and acknowledges, again and again.
final class ConsumerLoop<X extends Exception> {
  /// How long the server is asked to wait for an entry at a time.
  private static final Duration BLOCK = Duration.ofSeconds(5);

  private final EventLoop loop = EventLoop.current();
  private final RedisCommands redis;
  private final StreamConsumer consumer;
  private final StreamConsumer.Handler<X> handler;
  private final Backoff backoff;
  private long nextClaim = loop.time();

  /// Whether a failure is the handler's.
  private boolean handling;

  ConsumerLoop(
      RedisCommands redis,
      StreamConsumer consumer,
      StreamConsumer.Handler<X> handler,
      Backoff backoff) {
    this.redis = redis;
    this.consumer = consumer;
    this.handler = handler;
    this.backoff = backoff;
  }

  void run() throws X, IOException {
    for (var attempt : backoff.attempts()) {
      try {
        redis.xgroupCreate(consumer.key(), consumer.group(), "0");
        handlePending();
        attempt.succeeded();
        handleNew();
      } catch (IOException e) {
        if (handling) {
          throw e;
        }
        attempt.failed(e);
      }
    }
  }

  /// What this consumer has got and not acknowledged: before it was started anew, or in a reply
  /// that was lost.
  private void handlePending() throws X, IOException {
    var after = "0";
    while (true) {
      var entries =
          redis.xreadgroup(
              consumer.group(), consumer.name(), consumer.key(), after, consumer.batch());
      if (entries.isEmpty()) {
        return;
      }
      handle(entries);
      after = entries.getLast().id();
    }
  }

  private void handleNew() throws X, IOException {
    while (true) {
      if (loop.time() >= nextClaim) {
        nextClaim = loop.time() + consumer.claimAfter().toNanos();
        handle(
            redis.xautoclaim(
                consumer.key(),
                consumer.group(),
                consumer.name(),
                consumer.claimAfter(),
                consumer.batch()));
      }
      handle(
          redis.xreadgroup(
              consumer.group(), consumer.name(), consumer.key(), consumer.batch(), block()));
    }
  }

  private Duration block() {
    long left = Math.max(Duration.ofMillis(1).toNanos(), nextClaim - loop.time());
    return BLOCK.toNanos() < left ? BLOCK : Duration.ofNanos(left);
  }

  private void handle(List<StreamEntry> entries) throws X, IOException {
    for (var entry : entries) {
      if (!entry.fields().isEmpty()) { // or it was deleted
        handling = true;
        handler.handle(entry);
        handling = false;
      }
      redis.xack(consumer.key(), consumer.group(), entry.id());
    }
  }
}
