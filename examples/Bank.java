// SPDX-License-Identifier: Apache-2.0

import module tulip.core;
import module tulip.http;
import module tulip.net;
import module tulip.sql;

/// A bank: accounts and transfers, as a small web service over a database.
///
///     ./tulip run examples/Bank.java --port 8080
///     curl localhost:8080/accounts/1
///     curl localhost:8080/transfers --json '{"from": 1, "to": 2, "amount": 25}'
///     curl localhost:8080/total
///
/// The database is `bank.db` in this folder, embedded, unless `--database postgresql://...` says
/// otherwise. Without a port it shows itself, with a database that nobody else sees.
void main(String... arguments) throws Exception {
  var options = new HashMap<String, String>();
  for (int i = 0; i + 1 < arguments.length; i += 2) {
    options.put(arguments[i], arguments[i + 1]);
  }
  if (arguments.length % 2 == 1 || !Set.of("--database", "--port").containsAll(options.keySet())) {
    IO.println("usage: Bank [--database URL] [--port N]");
    return;
  }
  boolean shows = !options.containsKey("--port");
  var url = options.getOrDefault("--database", shows ? "sqlite::memory:" : "sqlite:bank.db");
  Tulip.run(() -> {
    try (var db = Database.open(url)) {
      fill(db);
      var app = app(db);
      if (shows) {
        show(app);
      } else {
        app.serve(Integer.parseInt(options.get("--port")));
      }
    }
  });
}

/// Amounts are in cents.
record Account(long id, String owner, long balance) {}

record Transfer(long from, long to, long amount) {}

record Total(long accounts, long balance) {}

/// Makes the accounts, the first time.
void fill(Database db) throws IOException {
  db.executeScript(
      """
      create table if not exists account (
        id bigint primary key,
        owner varchar(100) not null,
        balance bigint not null check (balance >= 0)
      )
      """);
  db.transaction(tx -> {
    if (tx.query("select id from account").isEmpty()) {
      tx.executeMany(
          "insert into account (id, owner, balance) values ($1, $2, $3)",
          List.of(
              new Account(1, "Ada", 100_00),
              new Account(2, "Grace", 50_00),
              new Account(3, "Linus", 0)));
    }
  });
}

WebApp app(Database db) {
  var app = new WebApp();
  app.use(this::explain);
  app.get("/accounts/{id:int}", request -> Response.json(account(db, request.pathInt("id"))));
  app.post("/transfers", request -> Response.json(transfer(db, request.json(Transfer.class))));
  app.get("/total", _ -> Response.json(total(db)));
  return app;
}

Account account(Database db, long id) throws IOException {
  var account = db.queryFirst(Account.class, "select * from account where id = $1", id);
  if (account == null) {
    throw new HttpError(Status.NOT_FOUND, "there is no account " + id);
  }
  return account;
}

Total total(Database db) throws IOException {
  return db.queryOne(
      Total.class, "select count(*) as accounts, sum(balance) as balance from account");
}

/// All of it or nothing: what throws is undone.
Transfer transfer(Database db, Transfer transfer) throws IOException {
  long from = transfer.from();
  long to = transfer.to();
  long amount = transfer.amount();
  if (amount <= 0 || from == to) {
    throw new HttpError(Status.BAD_REQUEST, "a transfer takes more than nothing somewhere else");
  }
  db.transaction(tx -> {
    if (from < to) { // always in this order, so that no two transfers wait for each other
      add(tx, from, -amount);
      add(tx, to, amount);
    } else {
      add(tx, to, amount);
      add(tx, from, -amount);
    }
  });
  return transfer;
}

void add(Transaction tx, long id, long amount) throws IOException {
  if (tx.execute("update account set balance = balance + $2 where id = $1", id, amount) == 0) {
    throw new HttpError(Status.NOT_FOUND, "there is no account " + id);
  }
}

/// Tells programs what went wrong.
Response explain(Request request, Handler next) throws Exception {
  try {
    return next.handle(request);
  } catch (SqlException.CheckViolation e) {
    throw Problem.of(Status.CONFLICT, "there is not as much in the account").error();
  } catch (HttpError e) {
    throw e.isPlain() ? Problem.of(e.status(), e.detail()).error() : e;
  }
}

void show(WebApp app) throws Exception {
  try (var server = app.open(Tcp.listen(0));
      var http = HttpSession.open()) {
    var bank = "http://localhost:" + server.port();
    IO.println(http.get(bank + "/accounts/1").text());
    IO.println(http.post(bank + "/transfers", Payload.json(new Transfer(1, 3, 25_50))).text());
    IO.println(http.post(bank + "/transfers", Payload.json(new Transfer(2, 3, 99_00))).text());
    IO.println(http.get(bank + "/accounts/3").text());
    IO.println(http.get(bank + "/accounts/4").text());
    IO.println(http.get(bank + "/total").text());
  }
}
