// SPDX-License-Identifier: Apache-2.0

import module tulip.core;
import module tulip.postgres;
import module tulip.postgres.testing;
import module tulip.sql;

/// One task orders, another one hears of it: LISTEN and NOTIFY.
///
///     ./tulip run examples/Notify.java --database postgresql://localhost/test
///
/// Without a URL it starts a PostgreSQL server of its own.
void main(String... arguments) throws Exception {
  if (arguments.length == 2 && arguments[0].equals("--database")) {
    Tulip.run(() -> trade(arguments[1]));
    return;
  }
  try (var server = PostgresServer.start()) {
    Tulip.run(() -> trade(server.url()));
  }
}

void trade(String url) throws Exception {
  try (var news = Notifications.open(PostgresOptions.parse(url), "orders");
      var db = Database.open(url);
      var group = TaskGroup.open()) {
    group.start(() -> serve(news));
    order(db, "tea");
    try {
      db.transaction(tx -> {
        order(tx, "coffee");
        throw new IllegalStateException("we have none");
      });
    } catch (IllegalStateException e) {
      IO.println(e.getMessage()); // and nobody hears of it
    }
    order(db, "cake");
    order(db, "the bill");
    group.join();
  }
}

void order(Queries db, String what) throws IOException {
  db.execute("select pg_notify('orders', $1)", what);
}

/// Notifications come in the order of the commits. If the connection is lost there is another one,
/// and a gap tells that some may be missing.
void serve(Notifications news) {
  var served = new ArrayList<String>();
  for (var event : news) {
    switch (event) {
      case Notification order when order.payload().equals("the bill") -> {
        IO.println(served + ", and the bill");
        return;
      }
      case Notification order -> served.add(order.payload());
      case NotificationEvent.Gap gap -> IO.println("please order again: " + gap.reason());
    }
  }
}
