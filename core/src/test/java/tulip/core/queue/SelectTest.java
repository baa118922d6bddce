// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.queue.QueueTest.settle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import tulip.core.BothEngines;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

class SelectTest {
  private interface Body {
    void run(Channel<String> a, Channel<String> b) throws Exception;
  }

  private static void on(Engine engine, int capacity, Body body) throws Exception {
    OnLoop.run(engine, () -> body.run(Channel.open(capacity), Channel.open(capacity)));
  }

  private static String first(Channel<String> a, Channel<String> b) {
    return Select.<String, RuntimeException>select(
        a.receiver().onReceive(item -> "a:" + item), b.receiver().onReceive(item -> "b:" + item));
  }

  private static void nobodyWaits(Channel<?>... channels) {
    for (var channel : channels) {
      assertEquals(0, channel.sender().statistics().waitingSenders());
      assertEquals(0, channel.sender().statistics().waitingReceivers());
    }
  }

  @BothEngines
  void ofWhatIsReadyTheFirstIsDoneAndNothingElse(Engine engine) throws Exception {
    on(
        engine,
        2,
        (a, b) -> {
          a.sender().send("1");
          b.sender().send("2");
          assertEquals("a:1", first(a, b));
          assertEquals("b:2", first(a, b));
          assertEquals(0, a.sender().statistics().size() + b.sender().statistics().size());
        });
  }

  @BothEngines
  void whenNothingIsReadyItWaitsForWhateverComesFirst(Engine engine) throws Exception {
    for (int capacity : List.of(0, 1)) {
      on(
          engine,
          capacity,
          (a, b) -> {
            EventLoop.current().callLater(ofSeconds(1), () -> b.sender().trySend("late"));
            assertEquals("b:late", first(a, b));
            nobodyWaits(a, b);
          });
    }
  }

  @BothEngines
  void whatComesToTwoCasesInOneTurnIsTakenOnce(Engine engine) throws Exception {
    on(
        engine,
        1,
        (a, b) ->
            TaskGroup.run(group -> {
              var task = group.start(() -> first(a, b));
              settle();
              b.sender().send("1");
              a.sender().send("2");
              settle();
              assertEquals("b:1", task.result());
              assertEquals("2", a.receiver().tryReceive());
            }));
  }

  @BothEngines
  void itSendsWhereSomebodyReceives(Engine engine) throws Exception {
    on(
        engine,
        0,
        (a, b) ->
            TaskGroup.run(group -> {
              var task =
                  group.start(() ->
                      Select.<String, RuntimeException>select(
                          a.sender().onSend("to a", () -> "a"),
                          b.sender().onSend("to b", () -> "b")));
              settle();
              assertEquals("to b", b.receiver().receive());
              settle();
              assertEquals("b", task.result());
              assertNull(a.receiver().tryReceive());
              nobodyWaits(a, b);
            }));
  }

  @BothEngines
  void itSendsAtOnceWhereThereIsRoom(Engine engine) throws Exception {
    on(
        engine,
        1,
        (a, b) -> {
          a.sender().send("full");
          assertEquals(
              "b",
              Select.<String, RuntimeException>select(
                  a.sender().onSend("x", () -> "a"), b.sender().onSend("y", () -> "b")));
          assertEquals("y", b.receiver().receive());
          assertEquals("full", a.receiver().receive());
        });
  }

  @BothEngines
  void twoSelectsMeet(Engine engine) throws Exception {
    on(
        engine,
        0,
        (a, b) ->
            TaskGroup.run(group -> {
              var receiving = group.start(() -> first(a, b));
              settle();
              var sending =
                  Select.<String, RuntimeException>select(
                      b.sender().onSend("x", () -> "sent to b"),
                      a.sender().onSend("y", () -> "sent to a"));
              assertEquals("sent to b", sending);
              settle();
              assertEquals("b:x", receiving.result());
              nobodyWaits(a, b);
            }));
  }

  @BothEngines
  void oneDoesNotMeetItself(Engine engine) throws Exception {
    on(
        engine,
        0,
        (a, b) ->
            assertThrows(
                TimeoutException.class,
                () ->
                    Tulip.timeout(
                        ofSeconds(1),
                        () ->
                            Select.<String, RuntimeException>select(
                                a.sender().onSend("x", () -> "sent"),
                                a.receiver().onReceive(item -> item)))));
  }

  @BothEngines
  void aSelectHasItsPlaceInEachLine(Engine engine) throws Exception {
    on(
        engine,
        0,
        (a, b) ->
            TaskGroup.run(group -> {
              var before = group.start(() -> a.receiver().receive());
              settle();
              var select = group.start(() -> first(a, b));
              settle();
              var after = group.start(() -> a.receiver().receive());
              settle();
              List.of("1", "2", "3").forEach(a.sender()::send);
              settle();
              assertEquals("1", before.result());
              assertEquals("a:2", select.result());
              assertEquals("3", after.result());
            }));
  }

  @BothEngines
  void theEndOfAChannelIsThrownUnlessTheCaseKnowsBetter(Engine engine) throws Exception {
    on(
        engine,
        1,
        (a, b) -> {
          a.sender().close();
          assertThrows(EndOfChannelException.class, () -> first(a, b));
          assertEquals(
              "end of a",
              Select.<String, RuntimeException>select(
                  a.receiver().onReceive(item -> item, () -> "end of a"),
                  b.receiver().onReceive(item -> item)));
          EventLoop.current().callLater(ofSeconds(1), b.sender()::close);
          assertEquals(
              "end of b",
              Select.<String, RuntimeException>select(
                  b.receiver().onReceive(item -> item, () -> "end of b")));
          assertThrows(EndOfChannelException.class, () -> first(b, b));
        });
  }

  @BothEngines
  void theEndIsToldToASelectThatWaits(Engine engine) throws Exception {
    on(
        engine,
        0,
        (a, b) ->
            TaskGroup.run(group -> {
              group.start(() -> assertThrows(EndOfChannelException.class, () -> first(a, b)));
              settle();
              a.sender().close();
              settle();
              nobodyWaits(a, b);
            }));
  }

  @BothEngines
  void aBrokenChannelIsToldToASelectThatSends(Engine engine) throws Exception {
    on(
        engine,
        0,
        (a, b) ->
            TaskGroup.run(group -> {
              group.start(() ->
                  assertThrows(
                      BrokenChannelException.class,
                      () ->
                          Select.select(
                              a.sender().onSend("x", () -> "a"),
                              b.sender().onSend("y", () -> "b"))));
              settle();
              b.receiver().close();
              settle();
              nobodyWaits(a, b);
              assertThrows(
                  BrokenChannelException.class,
                  () -> Select.select(b.sender().onSend("y", () -> "b")));
            }));
  }

  @BothEngines
  void closingTheEndOfACaseEndsTheSelect(Engine engine) throws Exception {
    on(
        engine,
        0,
        (a, b) ->
            TaskGroup.run(group -> {
              group.start(() ->
                  assertThrows(
                      ChannelClosedException.class,
                      () ->
                          Select.select(
                              a.receiver().onReceive(x -> x),
                              b.receiver().onReceive(x -> x),
                              a.receiver().onReceive(x -> x))));
              settle();
              a.receiver().close();
              settle();
              nobodyWaits(a, b);
              assertThrows(ChannelClosedException.class, () -> first(b, a));
            }));
  }

  @BothEngines
  void trySelectDoesNotWait(Engine engine) throws Exception {
    on(
        engine,
        1,
        (a, b) -> {
          assertNull(Select.trySelect(a.receiver().onReceive(x -> x)));
          a.sender().send("1");
          assertEquals("1", Select.trySelect(a.receiver().onReceive(x -> x)));
          nobodyWaits(a, b);
        });
  }

  @BothEngines
  void whatACaseThrowsIsThrownAndTheItemIsTaken(Engine engine) throws Exception {
    on(
        engine,
        1,
        (a, b) -> {
          a.sender().send("1");
          var error =
              assertThrows(
                  IOException.class,
                  () ->
                      Select.<String, IOException>select(
                          a.receiver()
                              .onReceive(item -> {
                                throw new IOException(item);
                              })));
          assertEquals("1", error.getMessage());
          assertEquals(0, a.sender().statistics().size());
        });
  }

  @BothEngines
  void casesMayBeUsedAgainButNotTwiceAtOnce(Engine engine) throws Exception {
    on(
        engine,
        0,
        (a, b) ->
            TaskGroup.run(group -> {
              SelectCase<String, RuntimeException> one = a.receiver().onReceive(x -> x);
              SelectCase<String, RuntimeException> two = b.receiver().onReceive(x -> x);
              assertThrows(IllegalArgumentException.class, () -> Select.select(one, one));
              nobodyWaits(a, b);
              var got = new ArrayList<String>();
              group.start(() -> {
                for (int i = 0; i < 4; i++) {
                  got.add(Select.select(one, two));
                }
              });
              settle();
              assertThrows(IllegalStateException.class, () -> Select.select(two));
              a.sender().send("1");
              b.sender().send("2");
              b.sender().send("3");
              a.sender().send("4");
              settle();
              assertEquals(List.of("1", "2", "3", "4"), got);
            }));
  }

  @BothEngines
  void aCaseMaySelectAgainWithTheSameCases(Engine engine) throws Exception {
    on(
        engine,
        2,
        (a, b) -> {
          var cases = new ArrayList<SelectCase<String, RuntimeException>>();
          cases.add(
              a.receiver()
                  .onReceive(item ->
                      item.equals("again") ? item + Select.select(cases.getFirst()) : item));
          a.sender().send("again");
          a.sender().send("!");
          assertEquals("again!", Select.select(cases.getFirst()));
        });
  }

  @BothEngines
  void aSelectWithoutCasesIsRefused(Engine engine) throws Exception {
    OnLoop.run(engine, () -> assertThrows(IllegalArgumentException.class, () -> Select.select()));
  }

  @BothEngines
  void manyChannelsAreMergedUntilAllHaveEnded(Engine engine) throws Exception {
    on(
        engine,
        0,
        (a, b) ->
            TaskGroup.run(group -> {
              for (var channel : List.of(a, b)) {
                group.start(() -> {
                  try (var sender = channel.sender()) {
                    for (int i = 0; i < 5; i++) {
                      sender.send("" + i);
                    }
                  }
                });
              }
              var open = new ArrayList<>(List.of(a.receiver(), b.receiver()));
              var got = new ArrayList<String>();
              while (!open.isEmpty()) {
                @SuppressWarnings({"unchecked", "rawtypes"})
                SelectCase<Boolean, RuntimeException>[] cases = new SelectCase[open.size()];
                for (int i = 0; i < cases.length; i++) {
                  var channel = open.get(i);
                  cases[i] = channel.onReceive(got::add, () -> open.remove(channel));
                }
                assertTrue(Select.select(cases));
              }
              assertEquals(10, got.size());
            }));
  }
}
