// SPDX-License-Identifier: Apache-2.0
package tulip.bench.keyvalue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tulip.bench.VertxChain;

/// Vert.x: one connection, a hundred chains of futures on its event loop.
record VertxRedis() implements Peer {
  @Override
  public void measure(int port, Measurement measurement) throws Exception {
    var vertx = Vertx.vertx();
    try {
      var redis = Redis.createClient(vertx, "redis://127.0.0.1:" + port);
      var connection = await(redis.connect());
      var set = Request.cmd(Command.SET).arg(Operations.KEY).arg(Operations.VALUE);
      await(connection.send(set));
      measurement.run(new Work(vertx, connection));
    } finally {
      await(vertx.close());
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static Request get() {
    return Request.cmd(Command.GET).arg(Operations.KEY);
  }

  private record Work(Vertx vertx, RedisConnection connection) implements Operations {
    @Override
    public void gets(int count) throws Exception {
      var all = Promise.<Void>promise();
      vertx
          .getOrCreateContext()
          .runOnContext(_ -> {
            var chains = IntStream.range(0, WIDTH).mapToObj(_ -> getAgain(count / WIDTH));
            Future.all(chains.toList()).<Void>mapEmpty().onComplete(all);
          });
      await(all.future());
    }

    private Future<Void> getAgain(int times) {
      return VertxChain.run(0, 1, times, _ -> connection.send(get()).map(Work::checked));
    }

    private static Response checked(Response value) {
      Checks.value(value.toString());
      return value;
    }

    @Override
    public void batches(int count) throws Exception {
      for (int i = 0; i < count / WIDTH; i++) {
        var replies = await(connection.batch(Collections.nCopies(WIDTH, get())));
        Checks.size(replies.size());
      }
    }
  }
}
