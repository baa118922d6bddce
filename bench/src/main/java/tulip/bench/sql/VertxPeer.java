// SPDX-License-Identifier: Apache-2.0
package tulip.bench.sql;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tulip.bench.VertxChain;

/// Vert.x: chains of futures on its event loop; a pool, or clients that pipeline.
record VertxPeer() implements Peer {
  private static final int FETCH = 1_000;

  /// What is done with an open client.
  private interface Use {
    void accept(Vertx vertx) throws Exception;
  }

  private static void open(Use use) throws Exception {
    var vertx = Vertx.vertx();
    try {
      use.accept(vertx);
    } finally {
      await(vertx.close());
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static PgConnectOptions options(int port) {
    return new PgConnectOptions()
        .setHost("127.0.0.1")
        .setPort(port)
        .setUser("test")
        .setDatabase("postgres")
        .setCachePreparedStatements(true);
  }

  @Override
  public void queries(int port, Load load, Measurement measurement) throws Exception {
    open(vertx -> {
      var query = client(vertx, port, load).preparedQuery(Account.QUERY);
      measurement.run(count -> query(vertx, query, load.tasks, count));
    });
  }

  private static SqlClient client(Vertx vertx, int port, Load load) {
    var size = new PoolOptions().setMaxSize(load.connections);
    if (load.tasks == load.connections) {
      return PgBuilder.pool().with(size).connectingTo(options(port)).using(vertx).build();
    }
    var pipelined = options(port).setPipeliningLimit(load.tasks);
    return PgBuilder.client().with(size).connectingTo(pipelined).using(vertx).build();
  }

  private static void query(Vertx vertx, PreparedQuery<RowSet<Row>> query, int tasks, int count)
      throws Exception {
    var all = Promise.<Void>promise();
    vertx
        .getOrCreateContext()
        .runOnContext(_ -> {
          var chains =
              IntStream.range(0, tasks).mapToObj(first -> queryAgain(query, first, tasks, count));
          Future.all(chains.toList()).<Void>mapEmpty().onComplete(all);
        });
    await(all.future());
  }

  private static Future<Void> queryAgain(
      PreparedQuery<RowSet<Row>> query, int first, int tasks, int count) {
    return VertxChain.run(first, tasks, count, number -> queryOnce(query, Account.key(number)));
  }

  private static Future<?> queryOnce(PreparedQuery<RowSet<Row>> query, int key) {
    return query
        .execute(Tuple.of(key))
        .map(rows -> {
          var row = rows.iterator().next();
          new Account(row.getInteger(0), row.getString(1), row.getLong(2)).check(key);
          return row;
        });
  }

  @Override
  public boolean copies() {
    return false;
  }

  @Override
  public void copy(int port, Measurement measurement) {
    throw new UnsupportedOperationException("it has no COPY");
  }

  @Override
  public void stream(int port, Measurement measurement) throws Exception {
    open(vertx -> {
      var connection = await(PgConnection.connect(vertx, options(port)));
      measurement.run(count -> Item.checkWeight(await(stream(connection, count)), count));
    });
  }

  private static Future<Double> stream(PgConnection connection, int count) {
    return connection
        .begin()
        .compose(transaction ->
            connection
                .prepare(Item.QUERY + " limit $1")
                .compose(statement -> {
                  var weight = new double[1];
                  var end = Promise.<Double>promise();
                  var rows = statement.createStream(FETCH, Tuple.of((long) count));
                  rows.exceptionHandler(end::tryFail);
                  rows.endHandler(_ -> end.tryComplete(weight[0]));
                  rows.handler(row -> weight[0] += item(row).weight());
                  return end.future();
                })
                .eventually(transaction::commit));
  }

  private static Item item(Row row) {
    return new Item(row.getInteger(0), row.getString(1), row.getDouble(2));
  }
}
