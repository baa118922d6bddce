// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.testing.TulipTest;

/// Cancelled at every wait: nothing is lost, and nothing that is owed a reply is lent on.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class PoolCancellationTest {
  private final Fake server = new Fake();
  private PoolOptions options = PoolOptions.DEFAULT.withSize(0, 1);

  private ConnectionPool<Fake.Connection> open() {
    return ConnectionPool.open(server, options);
  }

  @TulipTest
  void whoStopsWaitingForANewOneLosesNone() throws Exception {
    server.connectTime = ofSeconds(1);
    try (var pool = open()) {
      assertFalse(Tulip.moveOnAfter(ofMillis(10), () -> pool.acquire().close()));
      assertEquals(List.of(), pool.statistics().waiting());
      Tulip.sleep(ofSeconds(1));
      assertEquals(1, pool.statistics().idle());
    }
  }

  @TulipTest
  void whoStopsWaitingForALentOneLetsTheNextHaveIt() throws Exception {
    try (var pool = open()) {
      var lease = pool.acquire();
      try (var group = TaskGroup.open()) {
        var impatient = group.start(() -> pool.run(connection -> {}));
        var patient = group.start(() -> pool.use(connection -> connection.number));
        Tulip.sleep(ofMillis(1));
        impatient.cancel();
        lease.close();
        group.join();
        assertEquals(1, patient.result());
        assertTrue(impatient.isCancelled());
      }
    }
  }

  @TulipTest
  void whoIsCancelledAfterTheGrantHasIt() throws Exception {
    try (var pool = open()) {
      var lease = pool.acquire();
      try (var group = TaskGroup.open()) {
        var waiter = group.start(() -> pool.use(connection -> connection.number));
        Tulip.sleep(ofMillis(1));
        lease.close();
        waiter.taskScope().cancel();
        group.join();
        assertEquals(1, waiter.result(), "it did not wait again");
        assertEquals(1, pool.statistics().idle());
      }
    }
  }

  /// The first of the faults that all clients have had: the next caller gets the reply.
  @TulipTest
  void aCutExchangeEndsItsConnection() throws Exception {
    try (var pool = open()) {
      assertThrows(
          TimeoutException.class,
          () ->
              Tulip.timeout(
                  ofSeconds(1), () -> pool.run(connection -> connection.exchange(ofHours(1)))));
      assertEquals(List.of("aborted"), server.ends());
      pool.run(connection -> connection.exchange(ofMillis(1)));
    }
  }

  @TulipTest
  void aLeaseThatEndsInACancelledTaskCountsAsCut() throws Exception {
    try (var pool = open()) {
      assertFalse(
          Tulip.moveOnAfter(
              ofSeconds(1),
              () -> {
                try (var lease = pool.acquire()) {
                  lease.get().exchange(ofHours(1));
                }
              }));
      assertEquals(List.of("aborted"), server.ends());
    }
  }

  @TulipTest
  void aLeaseThatEndsAfterARequestToCancelCountsAsCut() throws Exception {
    try (var pool = open();
        var group = TaskGroup.open()) {
      var user =
          group.start(() -> {
            try (var lease = pool.acquire()) {
              lease.get().exchange(ofHours(1));
            }
          });
      Tulip.sleep(ofMillis(1));
      user.cancel();
      group.join();
      assertEquals(List.of("aborted"), server.ends());
    }
  }

  @TulipTest
  void aConnectorThatKnowsThatNothingIsOwedKeepsTheConnection() throws Exception {
    server.knowsWhatIsOwed = true;
    try (var pool = open()) {
      assertFalse(
          Tulip.moveOnAfter(
              ofSeconds(1),
              () ->
                  pool.run(connection -> {
                    connection.exchange(ofMillis(1));
                    Tulip.sleepForever();
                  })));
      assertEquals(1, pool.statistics().idle());
      assertFalse(
          Tulip.moveOnAfter(
              ofSeconds(1), () -> pool.run(connection -> connection.exchange(ofHours(1)))));
      assertEquals(List.of("aborted"), server.ends(), "here a reply is owed");
    }
  }

  @TulipTest
  void aCancelledCheckEndsTheConnection() throws Exception {
    options = options.withCheckAfter(ofMinutes(1));
    try (var pool = open()) {
      pool.run(connection -> {});
      Tulip.sleep(ofMinutes(2));
      server.checkTime = ofSeconds(1);
      assertFalse(Tulip.moveOnAfter(ofMillis(10), () -> pool.run(connection -> {})));
      assertEquals(List.of("aborted"), server.ends());
      assertEquals(0, pool.statistics().size());
    }
  }

  @TulipTest
  void whoseCheckHasFailedStandsFirstInTheLine() throws Exception {
    options = options.withCheckAfter(ofMinutes(1));
    var order = new java.util.ArrayList<String>();
    try (var pool = open()) {
      pool.run(connection -> {});
      Tulip.sleep(ofMinutes(2));
      server.checkTime = ofSeconds(1);
      server.checkFailure = new IOException("gone");
      TaskGroup.run(group -> {
        group.start(() -> pool.run(_ -> order.add("first")));
        group.start(() -> pool.run(_ -> order.add("second")));
      });
    }
    assertEquals(List.of("first", "second"), order);
  }

  @TulipTest
  void aCancelledOwnerClosesAllTheSame() throws Exception {
    server.closeTime = ofMillis(5);
    try (var group = TaskGroup.open()) {
      var owner =
          group.start(() -> {
            try (var pool = open()) {
              pool.run(connection -> {});
              Tulip.sleepForever();
            }
          });
      Tulip.sleep(ofMillis(1));
      owner.taskScope().cancel();
      group.join();
    }
    assertEquals(List.of("closed"), server.ends(), "in order, since that was no exchange");
  }

  @TulipTest
  void aCancelledOwnerCanStillCleanUp() throws Exception {
    server.connectTime = ofSeconds(1);
    try (var group = TaskGroup.open()) {
      var owner =
          group.start(() -> {
            try (var pool = open()) {
              try {
                Tulip.sleepForever();
              } finally {
                Tulip.shield(() -> pool.run(connection -> connection.exchange(ofMillis(1))));
              }
            }
          });
      Tulip.sleep(ofMillis(1));
      owner.taskScope().cancel();
      group.join();
    }
    assertEquals(List.of("closed"), server.ends());
  }

  // Closing.

  @TulipTest
  void closingWaitsForLeases() throws Exception {
    options = options.withGrace(ofSeconds(10));
    long began = EventLoop.current().time();
    try (var group = TaskGroup.open()) {
      try (var pool = open()) {
        group.start(() -> pool.run(connection -> connection.exchange(ofSeconds(4))));
        Tulip.sleep(ofSeconds(1));
      }
      assertEquals(ofSeconds(4).toNanos(), EventLoop.current().time() - began);
      assertEquals(List.of("closed"), server.ends());
      group.join();
    }
  }

  @TulipTest
  void afterTheGraceLentConnectionsAreAborted() throws Exception {
    options = options.withGrace(ofSeconds(10));
    try (var group = TaskGroup.open()) {
      var user =
          group.start(() -> {
            try (var pool = open()) {
              group.start(() -> {
                var lease = pool.acquire();
                Tulip.sleep(ofSeconds(60));
                var error = assertThrows(IllegalStateException.class, lease::get);
                assertTrue(error.toString().contains("was closed"), error::toString);
                lease.close();
              });
              Tulip.sleep(ofSeconds(1));
            }
          });
      user.await();
      assertEquals(List.of("aborted"), server.ends());
      group.join();
    }
  }

  @TulipTest
  void closingTellsThoseWhoWait() throws Exception {
    try (var group = TaskGroup.open()) {
      try (var pool = open()) {
        group.start(() -> pool.run(connection -> connection.exchange(ofSeconds(1))));
        Tulip.yield();
        group.start(() -> assertThrows(PoolClosedException.class, pool::acquire));
        Tulip.sleep(ofMillis(1));
        group.start(() -> {
          Tulip.sleep(ofMillis(1));
          assertThrows(PoolClosedException.class, pool::acquire);
        });
      }
      group.join();
    }
  }

  @TulipTest
  void closingWhileConnectingLeavesNothing() throws Exception {
    server.connectTime = ofSeconds(5);
    try (var group = TaskGroup.open()) {
      try (var pool = open()) {
        group.start(() -> assertThrows(PoolClosedException.class, pool::acquire));
        Tulip.sleep(ofSeconds(1));
      }
      group.join();
    }
    assertEquals(List.of(), server.opened);
    assertEquals(0, server.connecting);
  }

  @TulipTest
  void aGoodbyeThatIsLateIsCutShort() throws Exception {
    options = options.withHookTimeout(ofSeconds(2));
    server.closeTime = ofHours(1);
    long began = EventLoop.current().time();
    try (var pool = open()) {
      pool.run(connection -> {});
    }
    assertEquals(ofSeconds(2).toNanos(), EventLoop.current().time() - began);
    assertEquals(List.of("aborted"), server.ends());
  }
}
