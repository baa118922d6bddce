// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.testing.TulipTest;

/// Who gets which connection, when, and what they are told if none.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class PoolTest {
  private final Fake server = new Fake();
  private PoolOptions options = PoolOptions.DEFAULT.withName("db");

  private ConnectionPool<Fake.Connection> open() {
    return ConnectionPool.open(server, options);
  }

  @TulipTest
  void aConnectionIsLentAgain() throws IOException {
    try (var pool = open()) {
      var first = pool.use(connection -> connection);
      var second = pool.use(connection -> connection);
      assertSame(first, second);
      assertEquals(1, pool.statistics().opened());
      assertEquals(2, pool.statistics().acquired());
    }
    assertEquals(List.of("closed"), server.ends());
  }

  @TulipTest
  void theLastThatCameBackIsLentFirst() throws IOException {
    try (var pool = open()) {
      assertEquals(2, numberLentAfterTwoCameBack(pool));
    }
  }

  @TulipTest
  void onRequestTheFirstThatCameBackIsLentFirst() throws IOException {
    options = options.withOrder(PoolOptions.Order.FIFO);
    try (var pool = open()) {
      assertEquals(1, numberLentAfterTwoCameBack(pool));
    }
  }

  private static int numberLentAfterTwoCameBack(ConnectionPool<Fake.Connection> pool)
      throws IOException {
    var one = pool.acquire();
    var two = pool.acquire();
    assertEquals(List.of(1, 2), List.of(one.get().number, two.get().number));
    one.close();
    two.close();
    return numberFrom(pool);
  }

  private static int numberFrom(ConnectionPool<Fake.Connection> pool) throws IOException {
    return pool.use(connection -> connection.number);
  }

  @TulipTest
  void aLeaseThatIsOverRefusesUse() throws IOException {
    try (var pool = open()) {
      var lease = pool.acquire();
      lease.close();
      var error = assertThrows(IllegalStateException.class, lease::get);
      assertEquals(
          "this lease of pool db is over: it was given back; acquire another one",
          error.getMessage());
      lease.close();
      lease.discard();
      assertTrue(lease.isOver());
      assertEquals(1, pool.statistics().idle(), "the second end does nothing");
    }
  }

  @TulipTest
  void whoWaitsLongestIsServedFirst() throws IOException {
    options = options.withSize(0, 1);
    try (var pool = open()) {
      var served = new ArrayList<Integer>();
      TaskGroup.run(group -> {
        for (int i = 0; i < 5; i++) {
          int number = i;
          group.start(() ->
              pool.run(connection -> {
                served.add(number);
                connection.exchange(ofMillis(10));
              }));
        }
      });
      assertEquals(List.of(0, 1, 2, 3, 4), served);
      assertEquals(1, server.most);
    }
  }

  @TulipTest
  void aConnectionThatComesBackServesAWaiterBeforeANewOneIsThere() throws IOException {
    try (var pool = open()) {
      var lease = pool.acquire();
      server.connectTime = ofSeconds(5);
      try (var group = TaskGroup.open()) {
        var waiter = group.start(() -> numberFrom(pool));
        Tulip.sleep(ofMillis(1));
        assertEquals(1, pool.statistics().opening());
        lease.close();
        group.join();
        assertEquals(1, waiter.result());
      }
      Tulip.sleep(ofSeconds(5));
      assertEquals(2, pool.statistics().idle(), "the new one is kept");
    }
  }

  @TulipTest
  void noMoreAreOpenedAtOnceThanAllowed() throws IOException {
    options = options.withSize(0, 10).withMaxOpening(2);
    server.connectTime = ofSeconds(1);
    try (var pool = open()) {
      TaskGroup.run(group -> {
        for (int i = 0; i < 6; i++) {
          group.start(() -> pool.run(connection -> Tulip.sleep(ofSeconds(10))));
        }
        Tulip.sleep(ofMillis(1));
        assertEquals(2, pool.statistics().opening());
        Tulip.sleep(ofSeconds(1));
        assertEquals(2, pool.statistics().opening());
        assertEquals(2, pool.statistics().inUse());
      });
    }
  }

  @TulipTest
  void theTimeoutSaysWhoHasTheConnections() throws IOException {
    options = options.withSize(0, 2).withAcquireTimeout(ofSeconds(3)).withTraceLeases(true);
    try (var pool = open();
        var group = TaskGroup.open()) {
      group.start("reports", () -> pool.run(connection -> connection.exchange(ofSeconds(60))));
      Tulip.sleep(ofSeconds(1));
      group.start("imports", () -> pool.run(connection -> connection.exchange(ofSeconds(60))));
      group.start(
          "clerk",
          () -> {
            var error = assertThrows(ConnectionTimeoutException.class, pool::acquire);
            assertEquals(
                "no connection of pool db for task clerk within PT3S: 2 of 2 in use, 0 opening, 0 others"
                    + " waiting; in use by reports for 4000 ms, imports for 3000 ms",
                error.getMessage());
            assertEquals(2, error.getSuppressed().length, "where each began");
            assertNull(error.getCause());
            assertEquals(1, pool.statistics().timeouts());
            assertEquals(List.of(), pool.statistics().waiting());
            group.cancel();
          });
      group.join();
    }
  }

  @TulipTest
  void theTimeoutSaysThatAHolderHasEnded() throws IOException {
    options = options.withSize(0, 1).withAcquireTimeout(ofSeconds(3));
    try (var pool = open()) {
      TaskGroup.run(group -> group.start("forgetful", () -> pool.acquire()));
      var error = assertThrows(ConnectionTimeoutException.class, pool::acquire);
      assertTrue(
          error.toString().contains("forgetful (which has ended without giving it back)"),
          error::getMessage);
    }
    assertEquals(List.of("aborted"), server.ends(), "and closing does not wait for it");
  }

  @TulipTest
  void aTaskThatWouldWaitForItselfIsRefused() throws IOException {
    options = options.withSize(0, 1);
    try (var pool = open()) {
      pool.run(_ -> {
        var error = assertThrows(IllegalStateException.class, pool::acquire);
        assertTrue(
            error.toString().contains("would wait for ever for another connection of pool db"),
            error::getMessage);
      });
    }
  }

  @TulipTest
  void tasksThatWouldWaitForEachOtherAreRefused() throws IOException {
    options = options.withSize(0, 2);
    var refused = new ArrayList<String>();
    try (var pool = open()) {
      TaskGroup.run(group -> {
        for (var name : List.of("a", "b")) {
          group.start(() ->
              pool.run(_ -> {
                Tulip.sleep(ofSeconds(1));
                try (var second = pool.acquire()) {
                  assertNotNull(second.get());
                } catch (IllegalStateException e) {
                  refused.add(name);
                }
              }));
        }
      });
    }
    assertEquals(List.of("b"), refused, "the first of them gets what the other gives back");
  }

  @TulipTest
  void whoCanGoOnIsNotRefused() throws IOException {
    options = options.withSize(0, 2);
    try (var pool = open()) {
      TaskGroup.run(group -> {
        group.start(() -> pool.run(connection -> connection.exchange(ofSeconds(2))));
        group.start(() ->
            pool.run(_ -> {
              Tulip.sleep(ofSeconds(1));
              assertEquals(1, numberFrom(pool));
            }));
      });
    }
  }

  @TulipTest
  void aFailureToConnectReachesWhoWaitsLongest() throws IOException {
    options = options.withMaxOpening(1);
    server.connectTime = ofSeconds(1);
    server.refusals.add(new ConnectException("refused"));
    try (var pool = open()) {
      TaskGroup.run(group -> {
        group.start(
            "first",
            () -> {
              var error = assertThrows(ConnectException.class, pool::acquire);
              assertEquals("refused", error.getMessage());
              assertTrue(error.getSuppressed()[0].toString().contains("task first waited"));
            });
        group.start("second", () -> assertEquals(1, numberFrom(pool)));
      });
      assertEquals(1, pool.statistics().connectFailures());
    }
  }

  @TulipTest
  void connectingHasALimit() throws IOException {
    options = options.withConnectTimeout(ofSeconds(2));
    server.connectTime = ofSeconds(60);
    try (var pool = open()) {
      var error = assertThrows(ConnectionTimeoutException.class, pool::acquire);
      assertEquals("connecting took longer than PT2S", error.getMessage());
      assertEquals(0, pool.statistics().size());
    }
  }

  @TulipTest
  void aBrokenConnectionIsReplacedForWhoWaits() throws IOException {
    options = options.withSize(0, 1);
    try (var pool = open()) {
      var lease = pool.acquire();
      try (var group = TaskGroup.open()) {
        var waiter = group.start(() -> pool.use(connection -> connection));
        Tulip.sleep(ofMillis(1));
        var broken = lease.get();
        lease.discard();
        group.join();
        assertNotSame(broken, waiter.result());
        assertEquals("aborted", broken.end);
      }
    }
  }

  @TulipTest
  void aMarkedConnectionEndsWithItsLease() throws IOException {
    try (var pool = open()) {
      try (var lease = pool.acquire()) {
        lease.markBroken();
        assertEquals("", lease.get().end);
      }
      assertEquals(List.of("aborted"), server.ends());
    }
  }

  @TulipTest
  void whatABlockThrowsPassesAndEndsTheConnection() throws IOException {
    try (var pool = open()) {
      assertThrows(
          ArithmeticException.class,
          () ->
              pool.use(_ -> {
                throw new ArithmeticException();
              }));
      assertEquals(List.of("aborted"), server.ends());
    }
  }

  @TulipTest
  void aConnectorThatKnowsBetterKeepsTheConnection() throws IOException {
    server.knowsWhatIsOwed = true;
    try (var pool = open()) {
      assertThrows(
          ArithmeticException.class,
          () ->
              pool.use(_ -> {
                throw new ArithmeticException();
              }));
      assertEquals(1, pool.statistics().idle());
    }
  }

  @TulipTest
  void warmingUpOpensTheMinimum() throws IOException {
    options = options.withSize(3, 5);
    server.connectTime = ofSeconds(1);
    try (var pool = open()) {
      pool.warmUp();
      assertEquals(3, pool.statistics().idle());
      assertEquals(0, pool.statistics().inUse());
    }
  }

  @TulipTest
  void warmingUpFailsIfTheServerDoesNotAnswer() {
    options = options.withSize(1, 5);
    server.refusals.add(new ConnectException("refused"));
    try (var pool = open()) {
      assertThrows(ConnectException.class, pool::warmUp);
    }
  }

  @TulipTest
  void aSmallerPoolShrinksAndALargerOneGrows() throws IOException {
    options = options.withSize(0, 3);
    try (var pool = open()) {
      try (var one = pool.acquire();
          var two = pool.acquire()) {
        pool.acquire().close();
        pool.resize(0, 1);
        Tulip.sleep(ofMillis(1));
        assertEquals(2, pool.statistics().size(), "the idle one was closed");
        assertNotSame(one.get(), two.get());
      }
      Tulip.sleep(ofMillis(1));
      assertEquals(1, pool.statistics().size(), "the surplus was closed when it came back");
      pool.resize(2, 2);
      Tulip.sleep(ofMillis(1));
      assertEquals(2, pool.statistics().idle());
    }
  }

  @TulipTest
  void aLargerPoolServesThoseWhoWait() throws IOException {
    options = options.withSize(0, 1);
    try (var pool = open();
        var _ = pool.acquire();
        var group = TaskGroup.open()) {
      var waiter = group.start(() -> numberFrom(pool));
      Tulip.sleep(ofMillis(1));
      assertFalse(waiter.isDone());
      pool.resize(0, 2);
      group.join();
      assertEquals(2, waiter.result());
    }
  }

  @TulipTest
  void whatIsExpiredIsNotLentAgain() throws IOException {
    try (var pool = open()) {
      var lent = pool.acquire();
      pool.acquire().close();
      pool.expireAll();
      lent.close();
      assertEquals(3, numberFrom(pool));
      Tulip.sleep(ofMillis(1));
      assertEquals(List.of("closed", "closed", ""), server.ends());
    }
  }

  @TulipTest
  void whatWasBeingOpenedWhenAllExpiredIsNotLent() throws IOException {
    server.connectTime = ofSeconds(1);
    try (var pool = open();
        var group = TaskGroup.open()) {
      var waiter = group.start(() -> numberFrom(pool));
      Tulip.sleep(ofMillis(1));
      pool.expireAll();
      group.join();
      assertEquals(2, waiter.result());
    }
  }

  @TulipTest
  void callbacksAndStrangersAreRefused() throws IOException {
    try (var pool = open()) {
      var errors = new ArrayList<Exception>();
      tulip.core.EventLoop.current()
          .callSoon(() -> {
            try {
              pool.acquire();
            } catch (Exception e) {
              errors.add(e);
            }
          });
      Tulip.yield();
      assertTrue(errors.getFirst().toString().contains("a callback cannot acquire"));
      var error = Tulip.blocking(() -> assertThrows(IllegalStateException.class, pool::acquire));
      assertTrue(error.toString().contains("belongs to"), error::toString);
    }
  }
}
