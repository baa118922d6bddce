// SPDX-License-Identifier: Apache-2.0
package tulip.bench.sql;

import java.io.IOException;
import java.util.List;
import tulip.bench.Child;
import tulip.postgres.testing.PostgresServer;

/// The tables of the server, made by `psql`.
///
/// @param server where they are
record Schema(PostgresServer server) {
  /// Those of single rows, of bulk data and of the web service.
  void create() throws IOException, InterruptedException {
    run(
        """
        create table account (id int4 primary key, owner text not null, balance int8 not null);
        insert into account select n, 'owner ' || n, 100 * n from generate_series(1, %d) n;
        create unlogged table item (id int4 not null, name text not null, price float8 not null);
        create table team (id int4 primary key, name text not null);
        insert into team select n, 'team number ' || n from generate_series(1, 5) n;
        create table agent (id int4 primary key, login text not null, first_name text not null,
          last_name text not null, phone text not null, team_id int4 references team);
        insert into agent select n, 'agent' || n, 'Firstname' || n, 'Lastname' || n,
          '+32 2 555 01 ' || n, 1 + n %% 5 from generate_series(1, 50) n;
        vacuum analyze
        """
            .formatted(Account.COUNT));
  }

  /// Fills the table of items.
  void fill(int rows) throws IOException, InterruptedException {
    run(
        """
        truncate item;
        insert into item
          select n, 'item number ' || n, n * 0.25 from generate_series(0, %d - 1) n;
        vacuum analyze item
        """
            .formatted(rows));
  }

  /// Each statement by itself: some are for no transaction.
  private void run(String script) throws IOException, InterruptedException {
    for (var statement : script.split(";", -1)) {
      var connection = "host=127.0.0.1 user=test dbname=postgres port=" + server.port();
      var command = List.of("psql", connection, "-q", "-v", "ON_ERROR_STOP=1", "-c", statement);
      if (!Child.run(command, System.err::println)) {
        throw new IOException("psql has failed");
      }
    }
  }
}
