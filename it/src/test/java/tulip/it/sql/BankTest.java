// SPDX-License-Identifier: Apache-2.0
package tulip.it.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.Tulip;
import tulip.http.client.HttpSession;
import tulip.http.client.Payload;
import tulip.it.House;
import tulip.net.testing.RealServer;
import tulip.postgres.testing.PostgresServer;

/// `examples/Bank.java`, as a user runs it.
@Timeout(360) // it may have to be built first
class BankTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final long SUM = 150_00;
  private static final int ACCOUNTS = 3;

  @TempDir Path folder;

  private record Total(long accounts, long balance) {}

  private record Account(long id, String owner, long balance) {}

  private static RealServer start(String database) throws IOException {
    return RealServer.start(
        place ->
            List.of(
                House.ROOT.resolve("tulip").toString(),
                "run",
                House.ROOT.resolve("examples/Bank.java").toString(),
                "--port",
                place.portText(),
                "--database",
                database),
        RealServer::accepts,
        LIMIT);
  }

  private interface Visit {
    void to(String bank, HttpSession http) throws Exception;
  }

  private static void visit(RealServer bank, Visit visit) throws Exception {
    Tulip.run(() -> {
      try (var http = HttpSession.open()) {
        visit.to("http://127.0.0.1:" + bank.port(), http);
      }
    });
  }

  @Test
  void theEmbeddedDatabaseKeepsTheSum() throws Exception {
    check("sqlite:" + folder.resolve("bank.db"));
  }

  @Test
  void postgresqlKeepsTheSum() throws Exception {
    try (var server = PostgresServer.start()) {
      check(server.url());
    }
  }

  /// And what was done is there when the program starts again.
  private static void check(String database) throws Exception {
    var balances = new ArrayList<Long>();
    try (var bank = start(database)) {
      visit(bank, BankTest::badInputIsAProblem);
      visit(bank, BankTest::manyTransferAtOnce);
      visit(bank, (url, http) -> balances.addAll(balances(url, http)));
    }
    try (var bank = start(database)) {
      visit(bank, (url, http) -> assertEquals(balances, balances(url, http)));
    }
  }

  private static List<Long> balances(String bank, HttpSession http) throws IOException {
    var balances = new ArrayList<Long>();
    for (int id = 1; id <= ACCOUNTS; id++) {
      balances.add(http.get(bank + "/accounts/" + id).json(Account.class).balance());
    }
    return balances;
  }

  private static void manyTransferAtOnce(String bank, HttpSession http) throws Exception {
    var statuses =
        Tulip.gather(
            IntStream.range(0, 200).boxed().toList(),
            i -> {
              var transfer =
                  Map.of("from", 1 + i % 3, "to", 1 + (i + 1 + i % 2) % 3, "amount", 7 + 7 * i);
              try (var answer = http.post(bank + "/transfers", Payload.json(transfer))) {
                return answer.status().code();
              }
            });
    assertTrue(statuses.contains(200), statuses::toString);
    assertTrue(statuses.contains(409), statuses::toString);
    assertTrue(List.of(200, 409).containsAll(statuses), statuses::toString);
    assertEquals(new Total(ACCOUNTS, SUM), http.get(bank + "/total").json(Total.class));
  }

  private static void badInputIsAProblem(String bank, HttpSession http) throws IOException {
    problem(http, bank, "{\"from\": 1, \"to\": 2, \"amount\": -5}", 400);
    problem(http, bank, "{\"from\": 1, \"to\": 1, \"amount\": 5}", 400);
    problem(http, bank, "{\"from\": 1, \"to\": 2, \"amount\": \"much\"}", 400);
    problem(http, bank, "{\"from\": 1, ", 400);
    problem(http, bank, "{\"from\": 1, \"to\": 77, \"amount\": 5}", 404);
    problem(http, bank, "{\"from\": 1, \"to\": 2, \"amount\": 9223372036854775807}", 409);
    try (var answer = http.get(bank + "/accounts/77")) {
      assertEquals(404, answer.status().code());
      assertTrue(answer.text().contains("\"detail\":\"there is no account 77\""));
    }
    assertEquals(List.of(100_00L, 50_00L, 0L), balances(bank, http));
  }

  private static void problem(HttpSession http, String bank, String transfer, int status)
      throws IOException {
    try (var answer = http.post(bank + "/transfers", Payload.jsonText(transfer))) {
      assertEquals(status, answer.status().code(), transfer);
      assertEquals("application/problem+json", String.valueOf(answer.contentType()));
      assertTrue(answer.text().contains("\"status\":" + status), transfer);
    }
  }
}
