// SPDX-License-Identifier: Apache-2.0
package tulip.bench.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/// pgjdbc, with HikariCP and virtual threads. It does not pipeline: where others do it has ten
/// connections.
record JdbcPeer() implements Peer {
  private static final int POOL = 10;
  private static final int FETCH = 1_000;
  private static final int CHUNK = 32 * 1024;

  private static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=test&sslmode=disable";
  }

  @Override
  public void queries(int port, Load load, Measurement measurement) throws Exception {
    var config = new HikariConfig();
    config.setJdbcUrl(url(port));
    config.setMaximumPoolSize(POOL);
    try (var pool = new HikariDataSource(config)) {
      measurement.run(count -> query(pool, load.tasks, count));
    }
  }

  private static void query(DataSource pool, int tasks, int count)
      throws InterruptedException, ExecutionException {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          IntStream.range(0, tasks)
              .mapToObj(first ->
                  executor.submit(() -> {
                    for (int i = first; i < count; i += tasks) {
                      query(pool, Account.key(i));
                    }
                    return null;
                  }))
              .toList();
      for (var one : running) {
        one.get();
      }
    }
  }

  private static void query(DataSource pool, int key) throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.prepareStatement(Account.JDBC_QUERY)) {
      statement.setInt(1, key);
      try (var rows = statement.executeQuery()) {
        rows.next();
        new Account(rows.getInt(1), rows.getString(2), rows.getLong(3)).check(key);
      }
    }
  }

  @Override
  public boolean copies() {
    return true;
  }

  @Override
  public void copy(int port, Measurement measurement) throws Exception {
    try (var connection = DriverManager.getConnection(url(port))) {
      measurement.run(count -> copy(connection, count));
    }
  }

  /// In the text format, which is what programs can write.
  private static void copy(Connection connection, int count) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("truncate " + Item.TABLE);
    }
    var copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy " + Item.TABLE + " (id, name, price) from stdin");
    var lines = new StringBuilder();
    for (var item : Item.all(count, Item::of)) {
      lines.append(item.id()).append('\t').append(item.name()).append('\t');
      lines.append(item.price()).append('\n');
      if (lines.length() > CHUNK) {
        var bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        lines.setLength(0);
      }
    }
    var bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    copy.endCopy();
  }

  @Override
  public void stream(int port, Measurement measurement) throws Exception {
    try (var connection = DriverManager.getConnection(url(port))) {
      connection.setAutoCommit(false);
      measurement.run(count -> stream(connection, count));
    }
  }

  private static void stream(Connection connection, int count) throws SQLException {
    double weight = 0;
    try (var statement = connection.prepareStatement(Item.QUERY + " limit ?")) {
      statement.setFetchSize(FETCH);
      statement.setInt(1, count);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          weight += new Item(rows.getInt(1), rows.getString(2), rows.getDouble(3)).weight();
        }
      }
    }
    connection.commit();
    Item.checkWeight(weight, count);
  }
}
