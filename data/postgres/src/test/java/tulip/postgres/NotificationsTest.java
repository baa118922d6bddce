// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.queue.ChannelClosedException;
import tulip.pool.Backoff;
import tulip.pool.SessionOptions;
import tulip.postgres.NotificationEvent.Gap;
import tulip.sql.SqlException;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// LISTEN and NOTIFY.
@TulipTest(
    clock = Clock.REAL,
    engine = {Engine.CARRIER, Engine.BATON})
@ExtendWith(SharedServer.class)
class NotificationsTest {
  private static final SessionOptions QUICK =
      SessionOptions.DEFAULT.withBackoff(
          Backoff.DEFAULT.withDelays(Duration.ofMillis(1), Duration.ofMillis(10), 2));

  private static void notify(PostgresConnection by, String channel, String payload)
      throws IOException {
    by.execute("select pg_notify($1, $2)", channel, payload);
  }

  @TulipTest
  void whatOthersSendComesInOrder() throws IOException {
    try (var news = Notifications.open(SharedServer.options(), "a", "Upper \"Case\"");
        var other = SharedServer.connect()) {
      for (int i = 0; i < 100; i++) {
        notify(other, i % 2 == 0 ? "a" : "Upper \"Case\"", "n" + i);
        notify(other, "b", "nobody listens");
      }
      for (int i = 0; i < 100; i++) {
        var expected =
            new Notification(i % 2 == 0 ? "a" : "Upper \"Case\"", "n" + i, other.processId());
        assertEquals(expected, news.receive());
      }
      news.listen("b");
      news.unlisten("a");
      notify(other, "a", "");
      notify(other, "b", "");
      assertEquals(new Notification("b", "", other.processId()), news.receive());
    }
  }

  @TulipTest
  void aLostConnectionLeavesAGap() throws IOException {
    try (var news = Notifications.open(SharedServer.options(), QUICK, "a");
        var other = SharedServer.connect()) {
      var listeners =
          "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'";
      assertEquals(1, other.execute(listeners).rows().size());
      assertEquals(new Gap(Gap.Reason.CONNECTION_LOST, 0), news.receive());
      var again = "select 1 from pg_stat_activity where query = 'listen \"a\"'";
      while (other.execute(again).rows().isEmpty()) {
        Tulip.yield();
      }
      notify(other, "a", "after");
      assertEquals(new Notification("a", "after", other.processId()), news.receive());
    }
  }

  @TulipTest
  void whatIsNotTakenInTimeIsCounted() throws IOException {
    try (var news = Notifications.open(SharedServer.options(), "a");
        var other = SharedServer.connect()) {
      int all = Notifications.CAPACITY + 500;
      other.execute("select pg_notify('a', n::text) from generate_series(1, $1::int4) n", all);
      notify(other, "a", "last");
      notify(other, "a", "");
      long dropped = 0;
      int received = 0;
      for (var event : news) {
        switch (event) {
          case Gap(var reason, long missing) -> {
            assertEquals(Gap.Reason.SLOW_RECEIVER, reason);
            dropped += missing;
          }
          case Notification _ -> received++;
        }
        if (received + dropped == all + 2) {
          break;
        }
      }
      assertTrue(received >= Notifications.CAPACITY, received + " received");
    }
  }

  @TulipTest
  void closingEndsTheWaitOfWhoReceives() throws IOException {
    try (var group = TaskGroup.open()) {
      var news = Notifications.open(SharedServer.options(), "a");
      var waiting =
          group.start(() -> assertThrows(ChannelClosedException.class, () -> news.receive()));
      Tulip.yield();
      news.close();
      waiting.await();
    }
  }

  @TulipTest
  void aConnectionTellsItsOwnNotifications() throws IOException {
    try (var connection = SharedServer.connect()) {
      var heard = new ArrayList<String>();
      connection.onNotification(notification -> heard.add(notification.payload()));
      connection.executeScript("listen own; notify own, 'one'; notify own, 'two'");
      connection.executeScript("");
      assertEquals(List.of("one", "two"), heard);
    }
  }

  @TulipTest
  void whoCannotLogInIsTold() {
    var nobody = SharedServer.options().withDatabase("no_such_database");
    var options = QUICK.withAwaitTimeout(Duration.ofMillis(300));
    var failure =
        assertThrows(IOException.class, () -> Notifications.open(nobody, options, "a").close());
    boolean told =
        Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
            .anyMatch(SqlException.class::isInstance);
    assertTrue(told, failure.toString());
  }
}
