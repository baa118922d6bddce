// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.pool.Connector.Verdict;
import tulip.pool.PoolEvent.CloseReason;
import tulip.testing.TulipTest;

/// Dead connections are not lent, old ones end, missing ones are opened.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class UpkeepTest {
  private final Fake server = new Fake();
  private final List<PoolEvent> events = new ArrayList<>();
  private PoolOptions options = PoolOptions.DEFAULT.withName("db").withListener(events::add);

  private ConnectionPool<Fake.Connection> open() {
    return ConnectionPool.open(server, options);
  }

  private List<CloseReason> reasons() {
    return some(PoolEvent.Closed.class, PoolEvent.Closed::reason);
  }

  private <E, T> List<T> some(Class<E> kind, Function<E, T> part) {
    return events.stream().filter(kind::isInstance).map(kind::cast).map(part).toList();
  }

  private static int numberFrom(ConnectionPool<Fake.Connection> pool) throws IOException {
    return pool.use(connection -> connection.number);
  }

  // Before lending.

  @TulipTest
  void aDeadConnectionIsNotLent() throws IOException {
    try (var pool = open()) {
      pool.run(connection -> {});
      server.opened.getFirst().alive = false;
      assertEquals(2, numberFrom(pool));
      assertEquals(List.of(CloseReason.BROKEN), reasons());
    }
  }

  @TulipTest
  void aConnectionThatCameBackDeadIsNotLent() throws IOException {
    try (var pool = open()) {
      pool.run(connection -> connection.alive = false);
      assertEquals(2, numberFrom(pool));
      assertEquals(List.of(CloseReason.BROKEN), reasons());
    }
  }

  @TulipTest
  void aConnectionThatDiesOnItsWayToAWaiterIsReplaced() throws IOException {
    options = options.withSize(0, 1);
    try (var pool = open()) {
      var lease = pool.acquire();
      try (var group = TaskGroup.open()) {
        var waiter = group.start(() -> numberFrom(pool));
        Tulip.sleep(ofMillis(1));
        lease.close();
        server.opened.getFirst().alive = false;
        group.join();
        assertEquals(2, waiter.result());
      }
    }
  }

  @TulipTest
  void aConnectionThatWasIdleForLongIsCheckedFirst() throws IOException {
    options = options.withCheckAfter(ofSeconds(30));
    try (var pool = open()) {
      pool.run(connection -> {});
      Tulip.sleep(ofSeconds(29));
      pool.run(connection -> {});
      assertEquals(List.of(), server.log);
      Tulip.sleep(ofSeconds(31));
      assertEquals(1, numberFrom(pool));
      assertEquals(List.of("check 1"), server.log);
    }
  }

  @TulipTest
  void onRequestEachIdleConnectionIsCheckedAndNoNewOne() throws IOException {
    options = options.withCheckAfter(Duration.ZERO);
    server.checkFailure = new IOException("reset by peer");
    try (var pool = open()) {
      assertEquals(1, numberFrom(pool));
      assertEquals(2, numberFrom(pool));
      assertEquals(3, numberFrom(pool));
      assertEquals(List.of("check 1", "check 2"), server.log);
    }
  }

  @TulipTest
  void aServerThatHangsUpAtOnceIsAFailure() {
    server.hangsUp = true;
    try (var pool = open()) {
      var error = assertThrows(IOException.class, pool::acquire);
      assertEquals(
          "the connection was lost as soon as it was open: connection 1", error.getMessage());
      assertEquals(1, pool.statistics().connectFailures());
      assertEquals(0, pool.statistics().size());
    }
  }

  @TulipTest
  void afterAFailedCheckTheNextIsTried() throws IOException {
    options = options.withCheckAfter(ofMinutes(1));
    try (var pool = open()) {
      pool.run(connection -> {});
      Tulip.sleep(ofMinutes(2));
      server.checkFailure = new IOException("reset by peer");
      assertEquals(2, numberFrom(pool), "a new one needs no check");
      assertEquals(List.of(CloseReason.CHECK_FAILED), reasons());
    }
  }

  @TulipTest
  void aCheckHasALimit() throws IOException {
    options = options.withCheckAfter(ofMinutes(1)).withHookTimeout(ofSeconds(2));
    try (var pool = open()) {
      pool.run(connection -> {});
      Tulip.sleep(ofMinutes(2));
      server.checkTime = ofHours(1);
      long began = EventLoop.current().time();
      assertEquals(2, numberFrom(pool));
      assertEquals(ofSeconds(2).toNanos(), EventLoop.current().time() - began);
      var closed = some(PoolEvent.Closed.class, event -> event).getFirst();
      assertInstanceOf(TimeoutException.class, closed.cause());
    }
  }

  // After lending.

  @TulipTest
  void aChangedConnectionIsResetBeforeItIsLentOn() throws IOException {
    server.verdict = Verdict.RESET;
    server.resetTime = ofSeconds(1);
    options = options.withSize(0, 1);
    try (var pool = open()) {
      TaskGroup.run(group -> {
        group.start(() -> pool.run(connection -> {}));
        group.start(() -> {
          assertEquals(1, numberFrom(pool));
          assertEquals("reset 1", server.log.getFirst());
        });
      });
    }
  }

  @TulipTest
  void aConnectionThatCannotBeResetIsReplaced() throws IOException {
    server.verdict = Verdict.RESET;
    server.resetFailure = new IOException("syntax error");
    try (var pool = open()) {
      pool.run(connection -> {});
      assertEquals(List.of(CloseReason.RESET_FAILED), reasons());
      assertEquals(List.of("aborted"), server.ends());
    }
  }

  @TulipTest
  void givingBackNeverWaitsForEver() throws IOException {
    server.verdict = Verdict.RESET;
    server.resetTime = ofHours(1);
    options = options.withHookTimeout(ofSeconds(3));
    try (var pool = open()) {
      long began = EventLoop.current().time();
      pool.run(connection -> {});
      assertEquals(ofSeconds(3).toNanos(), EventLoop.current().time() - began);
      assertEquals(List.of(CloseReason.RESET_FAILED), reasons());
    }
  }

  @TulipTest
  void whoeverIsCancelledDoesNotWaitForTheReset() throws IOException {
    server.verdict = Verdict.RESET;
    server.knowsWhatIsOwed = true;
    server.resetTime = ofSeconds(1);
    try (var pool = open();
        var group = TaskGroup.open()) {
      var user = group.start(() -> pool.run(_ -> Tulip.sleepForever()));
      Tulip.sleep(ofMillis(1));
      long began = EventLoop.current().time();
      user.cancel();
      group.join();
      assertEquals(began, EventLoop.current().time());
      assertEquals(0, pool.statistics().idle());
      Tulip.sleep(ofSeconds(2));
      assertEquals(List.of("reset 1"), server.log);
      assertEquals(1, pool.statistics().idle());
    }
  }

  @TulipTest
  void aLeaseMayEndInACallback() throws IOException {
    server.verdict = Verdict.RESET;
    try (var pool = open()) {
      var lease = pool.acquire();
      EventLoop.current().callSoon(lease::close);
      Tulip.sleep(ofMillis(1));
      assertEquals(List.of("reset 1"), server.log);
      assertEquals(1, pool.statistics().idle());
    }
  }

  @TulipTest
  void aConnectionHasSoManyUses() throws IOException {
    options = options.withMaxUses(3);
    try (var pool = open()) {
      var numbers = new ArrayList<Integer>();
      for (int i = 0; i < 7; i++) {
        numbers.add(numberFrom(pool));
      }
      assertEquals(List.of(1, 1, 1, 2, 2, 2, 3), numbers);
    }
    assertEquals(CloseReason.USED_UP, reasons().getFirst());
  }

  // In between.

  @TulipTest
  void idleConnectionsAboveTheMinimumAreClosed() throws IOException {
    options = options.withSize(1, 10).withMaxIdle(ofMinutes(5)).withMaxAge(ofHours(9));
    try (var pool = open()) {
      TaskGroup.run(group -> {
        for (int i = 0; i < 4; i++) {
          group.start(() -> pool.run(connection -> connection.exchange(ofSeconds(1))));
        }
      });
      assertEquals(4, pool.statistics().idle());
      Tulip.sleep(ofMinutes(4));
      assertEquals(4, pool.statistics().idle());
      Tulip.sleep(ofMinutes(2));
      assertEquals(1, pool.statistics().size());
      assertEquals(List.of(CloseReason.IDLE, CloseReason.IDLE, CloseReason.IDLE), reasons());
      Tulip.sleep(ofHours(1));
      assertEquals(1, pool.statistics().idle());
    }
  }

  @TulipTest
  void oldConnectionsAreReplacedNotAllAtOnce() throws IOException {
    options = options.withSize(5, 5).withMaxOpening(5).withMaxAge(ofMinutes(100));
    try (var pool = open()) {
      pool.warmUp();
      Tulip.sleep(ofMinutes(89));
      assertEquals(0, pool.statistics().closed());
      var moments = new HashSet<Long>();
      for (int minute = 0; minute < 12; minute++) {
        Tulip.sleep(ofMinutes(1));
        moments.add(pool.statistics().closed());
      }
      assertTrue(moments.size() > 2, () -> "all ended together: " + moments);
      assertEquals(5, pool.statistics().idle());
      assertEquals(10, server.opened.size());
    }
  }

  @TulipTest
  void anOldConnectionEndsWhenItComesBack() throws IOException {
    options = options.withMaxAge(ofMinutes(10)).withMaxIdle(ofHours(9));
    try (var pool = open()) {
      pool.run(connection -> connection.exchange(ofMinutes(11)));
      Tulip.sleep(ofMillis(1));
      assertEquals(List.of(CloseReason.EXPIRED), reasons());
      assertEquals(0, pool.statistics().size());
    }
  }

  @TulipTest
  void theMinimumIsTriedForAgainAfterAPause() throws IOException {
    options = options.withSize(2, 4).withMaxOpening(1);
    for (int i = 0; i < 3; i++) {
      server.refusals.add(new ConnectException("refused"));
    }
    try (var pool = open()) {
      Tulip.sleep(ofMinutes(5));
      assertEquals(2, pool.statistics().idle());
      assertEquals(3, pool.statistics().connectFailures());
      assertEquals(3, some(PoolEvent.ConnectFailed.class, PoolEvent.ConnectFailed::cause).size());
    }
  }

  @TulipTest
  void aPoolThatNobodyUsesDoesNothing() throws IOException {
    try (var pool = open()) {
      pool.run(connection -> {});
      Tulip.sleep(ofMinutes(11));
      events.clear();
      Tulip.sleep(ofHours(100));
      assertEquals(List.of(), events);
      assertEquals(0, pool.statistics().size());
    }
  }

  // Telling.

  @TulipTest
  void theListenerHearsHowLongThingsTook() throws IOException {
    server.connectTime = ofMillis(20);
    try (var pool = open()) {
      pool.run(connection -> connection.exchange(ofMillis(5)));
    }
    assertEquals(
        List.of(
            new PoolEvent.Opened("db", ofMillis(20)),
            new PoolEvent.Acquired("db", ofMillis(20)),
            new PoolEvent.Released("db", ofMillis(5)),
            new PoolEvent.Closed("db", CloseReason.POOL_CLOSED, null)),
        events);
  }

  @TulipTest
  void aTimeoutIsHeard() throws IOException {
    server.connectTime = ofHours(1);
    options = options.withConnectTimeout(ofHours(2));
    try (var pool = open()) {
      assertThrows(ConnectionTimeoutException.class, () -> pool.acquire(ofSeconds(1)));
    }
    assertEquals(List.of(new PoolEvent.AcquireTimedOut("db", ofSeconds(1))), events);
  }

  @TulipTest
  void bugsOfListenersAndConnectorsAreReported() throws IOException {
    var problems = new ArrayList<String>();
    EventLoop.current().setExceptionHandler(context -> problems.add(context.message()));
    options =
        options.withListener(_ -> {
          throw new IllegalStateException("bug");
        });
    try (var pool = open()) {
      assertEquals(1, numberFrom(pool));
    }
    assertEquals("the listener of pool db failed", problems.getFirst());
    assertEquals(List.of("closed"), server.ends());
  }
}
