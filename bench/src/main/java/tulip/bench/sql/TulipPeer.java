// SPDX-License-Identifier: Apache-2.0
package tulip.bench.sql;

import java.io.IOException;
import java.util.List;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Runner;
import tulip.core.TaskGroup;
import tulip.pool.PoolOptions;
import tulip.postgres.PostgresConnection;
import tulip.postgres.PostgresConnector;
import tulip.postgres.PostgresOptions;
import tulip.sql.Database;
import tulip.sql.DatabaseOptions;
import tulip.sql.Row;

/// Ours: straight-line code in tasks that share a database.
record TulipPeer(Engine engine) implements Peer {
  /// What is done with an open database.
  private interface Use {
    void accept(Database db) throws Exception;
  }

  private void open(int port, Load load, Use use) throws Exception {
    var url = "postgresql://test@127.0.0.1:" + port + "/postgres?sslmode=disable";
    var pool = PoolOptions.DEFAULT.withSize(load.connections, load.connections);
    int sharing = load.tasks / load.connections;
    var options = DatabaseOptions.DEFAULT.withPool(pool).withSharing(sharing);
    try (var runner = Runner.open(LoopOptions.DEFAULT.withEngine(engine))) {
      runner.run(() -> {
        try (var db = Database.open(url, options)) {
          db.warmUp();
          use.accept(db);
        }
      });
    }
  }

  @Override
  public void queries(int port, Load load, Measurement measurement) throws Exception {
    open(port, load, db -> measurement.run(count -> query(db, load.tasks, count)));
  }

  private static void query(Database db, int tasks, int count) throws Exception {
    try (var group = TaskGroup.open()) {
      for (int task = 0; task < tasks; task++) {
        int first = task;
        group.start(() -> {
          for (int i = first; i < count; i += tasks) {
            int key = Account.key(i);
            account(db.queryOne(Account.QUERY, key)).check(key);
          }
        });
      }
      group.join();
    }
  }

  private static Account account(Row row) {
    return new Account(row.get(0, Integer.class), row.get(1, String.class), row.get(2, Long.class));
  }

  @Override
  public boolean copies() {
    return true;
  }

  @Override
  public void copy(int port, Measurement measurement) throws Exception {
    var url = "postgresql://test@127.0.0.1:" + port + "/postgres?sslmode=disable";
    try (var runner = Runner.open(LoopOptions.DEFAULT.withEngine(engine))) {
      runner.run(() -> {
        var connector = new PostgresConnector(PostgresOptions.parse(url));
        try (var connection = connector.connect()) {
          measurement.run(count -> copy(connection, count));
        }
      });
    }
  }

  private static void copy(PostgresConnection connection, int count) throws IOException {
    connection.executeScript("truncate " + Item.TABLE);
    connection.copyRows(Item.TABLE, List.of("id", "name", "price"), Item.all(count, Item::of));
  }

  @Override
  public void stream(int port, Measurement measurement) throws Exception {
    open(port, Load.TEN, db -> measurement.run(count -> stream(db, count)));
  }

  private static void stream(Database db, int count) throws IOException {
    double weight = 0;
    try (var rows = db.stream(Item.QUERY + " limit $1", count)) {
      for (var row : rows) {
        weight += item(row).weight();
      }
    }
    Item.checkWeight(weight, count);
  }

  private static Item item(Row row) {
    return new Item(row.get(0, Integer.class), row.get(1, String.class), row.get(2, Double.class));
  }
}
