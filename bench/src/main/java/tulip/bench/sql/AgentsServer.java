// SPDX-License-Identifier: Apache-2.0
package tulip.bench.sql;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import tulip.core.Tulip;
import tulip.http.HttpServerOptions;
import tulip.http.Response;
import tulip.http.WebApp;
import tulip.net.ListenOptions;
import tulip.net.Tcp;
import tulip.pool.PoolOptions;
import tulip.sql.Database;

/// The web service as a user would write it, in a process of its own.
final class AgentsServer {
  static final String QUERY =
      "select a.id, a.login, a.first_name, a.last_name, a.phone, t.name as team"
          + " from agent a join team t on t.id = a.team_id order by a.id";

  private static final int CONNECTIONS = 10;

  private AgentsServer() {}

  /// An agent, as the answer has it.
  public record Agent(
      int id, String login, String firstName, String lastName, String phone, String team) {}

  /// Usage: the port of the service; the environment says where PostgreSQL is.
  public static void main(String[] words) throws Exception {
    int port = Integer.parseInt(words[0]);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Tulip.run(() -> {
      var pool = PoolOptions.DEFAULT.withSize(CONNECTIONS, CONNECTIONS);
      try (var db = Database.open("postgresql://", pool)) {
        var app = new WebApp();
        app.get("/agents", _ -> Response.json(db.query(Agent.class, QUERY)));
        var listener = Tcp.listen(address, ListenOptions.DEFAULT);
        app.serve(List.of(listener), HttpServerOptions.DEFAULT);
      }
    });
  }
}
