// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.pool.Backoff.Jitter;
import tulip.testing.TulipTest;

/// A connection that is lost again and again, and what its users notice.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class ResilientSessionTest {
  private final Broker broker = new Broker();
  private final List<SessionEvent> events = new ArrayList<>();
  private SessionOptions options =
      SessionOptions.DEFAULT
          .withName("chat")
          .withBackoff(
              Backoff.DEFAULT.withJitter(Jitter.NONE).withDelays(ofSeconds(1), ofSeconds(8), 2));

  private ResilientSession<Broker.Connection> open() {
    var session = ResilientSession.open(broker, options);
    session.addListener(events::add);
    return session;
  }

  private List<String> kinds() {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  // Staying connected.

  @TulipTest
  void itConnectsInTheBackground() throws IOException {
    broker.connectTime = ofSeconds(1);
    try (var session = open()) {
      assertFalse(session.isConnected());
      assertEquals(1, session.await().number);
      assertTrue(session.isConnected());
    }
    assertEquals(List.of("Connected"), kinds());
    assertEquals(List.of("closed"), broker.ends());
  }

  @TulipTest
  void aLostConnectionIsReplacedAndTheGapIsTold() throws IOException {
    try (var session = open()) {
      session.await();
      long connected = EventLoop.current().time();
      Tulip.sleep(ofSeconds(20));
      broker.dropAll("reset by peer");
      Tulip.sleep(ofSeconds(5));
      assertEquals(2, session.await().number);
      assertEquals(List.of("Connected", "Lost", "Connected", "Gap"), kinds());
      var lost = assertInstanceOf(SessionEvent.Lost.class, events.get(1));
      assertEquals("reset by peer", lost.cause().getMessage());
      var gap = assertInstanceOf(SessionEvent.Gap.class, events.get(3));
      assertEquals(connected, gap.from(), "nothing was heard since");
      assertEquals(ofSeconds(21), gap.length());
    }
    assertEquals(List.of("aborted", "closed"), broker.ends());
  }

  @TulipTest
  void whatWasHeardMakesTheGapSmaller() throws IOException {
    try (var session = open()) {
      session.await();
      Tulip.sleep(ofSeconds(20));
      session.heard();
      broker.dropAll("reset by peer");
      Tulip.sleep(ofSeconds(5));
      var gap = assertInstanceOf(SessionEvent.Gap.class, events.getLast());
      assertEquals(ofSeconds(1), gap.length());
    }
  }

  @TulipTest
  void itTriesAgainWithPauses() throws IOException {
    for (int i = 1; i <= 3; i++) {
      broker.refusals.add(new ConnectException("refusal " + i));
    }
    try (var session = open()) {
      session.await();
      assertEquals(
          List.of(ofSeconds(1), ofSeconds(2), ofSeconds(4)),
          events.stream()
              .filter(SessionEvent.ConnectFailed.class::isInstance)
              .map(event -> ((SessionEvent.ConnectFailed) event).retryIn())
              .toList());
      assertEquals(new SessionEvent.Connected(4), events.getLast());
    }
  }

  @TulipTest
  void whoWaitsTooLongIsToldWhy() {
    options = options.withAwaitTimeout(ofSeconds(5)).withConnectTimeout(ofSeconds(2));
    broker.connectTime = ofHours(1);
    try (var session = open()) {
      var error = assertThrows(ConnectionTimeoutException.class, session::await);
      assertEquals("session chat had no connection within PT5S", error.getMessage());
      assertEquals(
          "connecting took longer than PT2S", requireNonNull(error.getCause()).getMessage());
    }
  }

  @TulipTest
  void itGivesUpWhenThePolicySaysSo() {
    options = options.withBackoff(options.backoff().withMaxAttempts(2));
    broker.refusals.add(new ConnectException("1"));
    broker.refusals.add(new ConnectException("2"));
    try (var session = open()) {
      var error = assertThrows(ConnectionLostException.class, session::await);
      assertEquals("session chat has given up", error.getMessage());
      assertFalse(error.mayHaveBeenExecuted());
      assertEquals("2", requireNonNull(error.getCause()).getMessage());
      assertThrows(ConnectionLostException.class, session::await);
    }
    assertEquals(List.of("ConnectFailed", "ConnectFailed", "GivenUp"), kinds());
  }

  @TulipTest
  void anIdleConnectionIsChecked() throws IOException {
    options = options.withCheckAfter(ofSeconds(30));
    try (var session = open()) {
      session.await();
      Tulip.sleep(ofSeconds(100));
      assertEquals(3, broker.checks);
      broker.checkFailure = new IOException("no answer");
      Tulip.sleep(ofSeconds(25));
      assertEquals(List.of("Connected", "Lost", "Connected", "Gap"), kinds());
    }
  }

  @TulipTest
  void aCheckHasALimitAndExchangesKeepItAway() throws IOException {
    options = options.withCheckAfter(ofSeconds(30)).withHookTimeout(ofSeconds(5));
    broker.checkTime = ofHours(1);
    try (var session = open()) {
      session.await();
      session.exchange(connection -> {
        Tulip.sleep(ofMinutes(10));
        return 1;
      });
      assertEquals(0, broker.checks);
      Tulip.sleep(ofSeconds(34));
      assertEquals(List.of("Connected"), kinds());
      Tulip.sleep(ofMillis(1_500));
      assertEquals(List.of("Connected", "Lost"), kinds());
    }
  }

  @TulipTest
  void theUserMayGiveAConnectionUp() throws IOException {
    try (var session = open()) {
      var first = session.await();
      session.reconnect(new IOException("it lags behind"));
      assertFalse(session.isConnected());
      assertNotSame(first, session.exchange(connection -> connection));
      assertEquals("aborted", first.end);
    }
  }

  // Exchanges.

  @TulipTest
  void anExchangeUnderWayIsToldThatItMayHaveBeenExecuted() throws IOException {
    try (var session = open()) {
      EventLoop.current().callLater(ofSeconds(1), () -> broker.dropAll("reset by peer"));
      var error =
          assertThrows(
              ConnectionLostException.class,
              () ->
                  session.exchange(connection -> {
                    Tulip.sleepForever();
                    return 1;
                  }));
      assertTrue(error.mayHaveBeenExecuted());
      assertEquals("reset by peer", requireNonNull(error.getCause()).getMessage());
    }
  }

  @TulipTest
  void anExchangeThatWasNotSentIsToldSo() throws IOException {
    try (var session = open()) {
      EventLoop.current().callLater(ofSeconds(1), () -> broker.dropAll("reset by peer"));
      var error =
          assertThrows(
              ConnectionLostException.class,
              () ->
                  session.exchange((connection, exchange) -> {
                    Tulip.sleepForever(); // for a free channel, say
                    exchange.sending();
                    return 1;
                  }));
      assertFalse(error.mayHaveBeenExecuted());
    }
  }

  @TulipTest
  void anExchangeThatSeesTheLossFirstTellsTheSession() throws IOException {
    try (var session = open()) {
      var error =
          assertThrows(
              ConnectionLostException.class,
              () ->
                  session.exchange(connection -> {
                    connection.alive = false;
                    throw new IOException("broken pipe");
                  }));
      assertEquals("broken pipe", requireNonNull(error.getCause()).getMessage());
      Tulip.sleep(ofSeconds(2));
      assertEquals(2, session.await().number);
    }
  }

  /// Else one who tries again and again would never let the loss be noticed.
  @TulipTest
  void aConnectionThatIsKnownToHaveEndedIsGivenToNobody() throws IOException {
    try (var session = open()) {
      var first = session.await();
      broker.dropAll("reset by peer");
      assertNotSame(first, session.await());
      var lost = assertInstanceOf(SessionEvent.Lost.class, events.get(1));
      assertEquals("reset by peer", lost.cause().getMessage());
      broker.opened.getLast().alive = false; // and nobody tells
      assertEquals(3, session.await().number);
    }
  }

  @TulipTest
  void aFailureThatLeavesTheConnectionGoodPasses() throws IOException {
    broker.knowsWhatIsOwed = true;
    try (var session = open()) {
      var error =
          assertThrows(
              IOException.class,
              () ->
                  session.exchange(connection -> {
                    throw new IOException("no such queue");
                  }));
      assertEquals("no such queue", error.getMessage());
      assertEquals(1, session.await().number);
    }
  }

  @TulipTest
  void aCancelledExchangeEndsTheConnectionUnlessNothingIsOwed() throws IOException {
    try (var session = open()) {
      session.await();
      assertFalse(
          Tulip.moveOnAfter(
              ofMillis(1),
              () ->
                  session.exchange(connection -> {
                    Tulip.sleepForever();
                    return 1;
                  })));
      Tulip.sleep(ofSeconds(2));
      assertEquals(2, session.await().number);
    }
  }

  @TulipTest
  void aCancelledWaitForTheConnectionHarmsNothing() throws IOException {
    broker.connectTime = ofSeconds(10);
    try (var session = open()) {
      assertFalse(Tulip.moveOnAfter(ofSeconds(1), () -> session.await()));
      assertEquals(1, session.await().number);
    }
  }

  // Declarations.

  @TulipTest
  void declarationsAreMadeInOrderOnEachConnection() throws IOException {
    try (var session = open()) {
      session.declare("select", connection -> connection.make("select 3"));
      session.await();
      session.declare("news", connection -> connection.make("subscribe news"));
      session.declare("chat", connection -> connection.make("subscribe chat"));
      session.withdraw("news", connection -> connection.make("unsubscribe news"));
      session.declare("select", connection -> connection.make("select 4"));
      assertEquals(List.of("select", "chat"), session.declared());
      assertEquals(
          List.of("select 3", "subscribe news", "subscribe chat", "unsubscribe news", "select 4"),
          broker.opened.getFirst().made);
      broker.dropAll("reset by peer");
      Tulip.sleep(ofSeconds(2));
      assertEquals(List.of("select 4", "subscribe chat"), session.await().made);
    }
  }

  @TulipTest
  void nobodyUsesAConnectionBeforeItIsAsDeclared() throws IOException {
    broker.makeTime = ofSeconds(3);
    try (var session = open()) {
      session.declare("a", connection -> connection.make("a"));
      session.declare("b", connection -> connection.make("b"));
      assertEquals(List.of("a", "b"), session.exchange(connection -> List.copyOf(connection.made)));
    }
  }

  @TulipTest
  void whatIsDeclaredWhileOthersAreMadeIsMadeToo() throws IOException {
    broker.makeTime = ofSeconds(3);
    try (var session = open()) {
      session.declare("a", connection -> connection.make("a"));
      Tulip.sleep(ofSeconds(1));
      session.declare("b", connection -> connection.make("b"));
      assertEquals(List.of("a", "b"), session.await().made);
    }
  }

  @TulipTest
  void aRefusedDeclarationIsNone() throws IOException {
    broker.knowsWhatIsOwed = true;
    try (var session = open()) {
      session.await();
      var refusal = new IOException("access refused");
      assertSame(
          refusal,
          assertThrows(
              IOException.class,
              () ->
                  session.declare(
                      "secret",
                      connection -> {
                        throw refusal;
                      })));
      assertEquals(List.of(), session.declared());
    }
  }

  @TulipTest
  void aDeclarationThatIsRefusedLaterIsToldAndKept() throws IOException {
    broker.knowsWhatIsOwed = true;
    try (var session = open()) {
      session.await();
      session.declare("queue", connection -> connection.make("queue"));
      session.declare("chat", connection -> connection.make("chat"));
      broker.refused = "queue";
      broker.dropAll("restart");
      Tulip.sleep(ofSeconds(2));
      assertEquals(List.of("chat"), session.await().made);
      assertEquals(List.of("Connected", "Lost", "DeclarationFailed", "Connected", "Gap"), kinds());
      assertEquals(List.of("queue", "chat"), session.declared());
    }
  }

  @TulipTest
  void aConnectionThatDiesBeforeItIsAsDeclaredIsTriedAgain() throws IOException {
    broker.makeTime = ofSeconds(1);
    try (var session = open()) {
      session.declare("a", connection -> connection.make("a"));
      Tulip.sleep(ofMillis(500));
      broker.opened.getFirst().alive = false;
      broker.refused = "a";
      Tulip.sleep(ofMillis(600));
      broker.refused = "";
      assertEquals(2, session.await().number);
      assertEquals(List.of("ConnectFailed", "Connected"), kinds());
      assertEquals("aborted", broker.opened.getFirst().end);
    }
  }

  @TulipTest
  void aDeclarationThatHangsIsAFailedAttempt() throws IOException {
    options = options.withHookTimeout(ofSeconds(5));
    broker.makeTime = ofHours(1);
    try (var session = open()) {
      session.declare("a", connection -> connection.make("a"));
      Tulip.sleep(ofSeconds(5));
      broker.makeTime = ofMillis(1);
      assertEquals(List.of("a"), session.await().made);
      assertEquals(List.of("ConnectFailed", "Connected"), kinds());
    }
  }

  @TulipTest
  void aCancelledDeclarationIsNone() throws IOException {
    broker.knowsWhatIsOwed = true;
    try (var session = open()) {
      session.await();
      broker.makeTime = ofSeconds(1);
      try (var group = TaskGroup.open()) {
        var declarer = group.start(() -> session.declare("a", connection -> connection.make("a")));
        Tulip.sleep(ofMillis(1));
        declarer.cancel();
        group.join();
      }
      assertEquals(List.of(), session.declared());
      Tulip.sleep(ofSeconds(2));
      assertEquals(2, session.await().number, "the first may be as declared or not");
    }
  }

  @TulipTest
  void aDeclarationOutlivesTheLossOfTheConnectionItIsMadeOn() throws IOException {
    broker.makeTime = ofSeconds(1);
    try (var session = open()) {
      session.await();
      EventLoop.current().callLater(ofMillis(500), () -> broker.dropAll("reset by peer"));
      session.declare("a", connection -> connection.make("a"));
      assertEquals(List.of("a"), session.declared());
      Tulip.sleep(ofSeconds(3));
      assertEquals(List.of("a"), session.await().made);
    }
  }

  // The end.

  @TulipTest
  void closingWaitsForExchanges() throws IOException {
    try (var group = TaskGroup.open()) {
      var done = new ArrayList<String>();
      try (var session = open()) {
        group.start(() ->
            session.exchange(connection -> {
              Tulip.sleep(ofSeconds(5));
              return done.add("done");
            }));
        Tulip.sleep(ofSeconds(1));
      }
      assertEquals(List.of("done"), done);
      assertEquals(List.of("closed"), broker.ends());
      group.join();
    }
  }

  @TulipTest
  void afterTheGraceExchangesAreCut() throws IOException {
    options = options.withGrace(ofSeconds(5));
    try (var group = TaskGroup.open()) {
      try (var session = open()) {
        group.start(() ->
            assertThrows(
                ConnectionLostException.class,
                () ->
                    session.exchange(connection -> {
                      Tulip.sleepForever();
                      return 1;
                    })));
        Tulip.sleep(ofSeconds(1));
      }
      group.join();
    }
  }

  @TulipTest
  void closingTellsThoseWhoWait() throws IOException {
    broker.connectTime = ofSeconds(10);
    try (var group = TaskGroup.open()) {
      var session = open();
      group.start(() -> {
        var error = assertThrows(ConnectionLostException.class, session::await);
        assertEquals("session chat is closed", error.getMessage());
      });
      Tulip.sleep(ofSeconds(1));
      session.close();
      group.join();
      assertThrows(ConnectionLostException.class, session::await);
    }
    assertEquals(List.of(), broker.opened);
  }

  @TulipTest
  void aConnectionThatComesUpAtTheMomentOfClosingIsEnded() {
    broker.connectTime = ofSeconds(1);
    try (var _ = open()) {
      Tulip.sleep(ofSeconds(1)); // this timer is older, and both are due
    }
    assertEquals(List.of("aborted"), broker.ends());
    assertEquals(List.of(), events);
  }

  @TulipTest
  void whileItClosesNoExchangeBegins() throws IOException {
    try (var group = TaskGroup.open()) {
      try (var session = open()) {
        group.start(() ->
            session.exchange(connection -> {
              Tulip.sleep(ofSeconds(5));
              return 1;
            }));
        group.start(() -> {
          Tulip.sleep(ofSeconds(3));
          assertThrows(ConnectionLostException.class, () -> session.exchange(_ -> 1));
        });
        Tulip.sleep(ofSeconds(1));
      }
      group.join();
    }
  }

  @TulipTest
  void closingInTheMiddleOfDeclaringLeavesNothing() throws IOException {
    broker.makeTime = ofSeconds(3);
    try (var session = open()) {
      session.declare("a", connection -> connection.make("a"));
      Tulip.sleep(ofSeconds(1));
    }
    assertEquals(List.of("aborted"), broker.ends());
  }

  @TulipTest
  void aCancelledOwnerCanStillCleanUp() throws IOException {
    broker.connectTime = ofSeconds(5);
    try (var group = TaskGroup.open()) {
      var owner =
          group.start(() -> {
            try (var session = open()) {
              assertThrows(Cancelled.class, Tulip::sleepForever);
              Tulip.shield(() -> session.exchange(connection -> connection.number));
            }
          });
      Tulip.sleep(ofSeconds(1));
      owner.taskScope().cancel();
      group.join();
    }
    assertEquals(List.of("closed"), broker.ends());
  }
}
