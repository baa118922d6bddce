// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.queue.QueueTest.settle;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tulip.core.BothEngines;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Runner;
import tulip.core.TaskGroup;

class ChannelTest {
  private interface Body {
    void run(SendChannel<Integer> sender, ReceiveChannel<Integer> receiver) throws Exception;
  }

  private static void on(Engine engine, int capacity, Body body) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var channel = Channel.<Integer>open(capacity);
          body.run(channel.sender(), channel.receiver());
        });
  }

  @Test
  void aNegativeCapacityIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Channel.open(-1));
  }

  @BothEngines
  void whatFitsIsSentWithoutWaiting(Engine engine) throws Exception {
    on(
        engine,
        2,
        (sender, receiver) -> {
          assertNull(receiver.tryReceive());
          sender.send(1);
          assertTrue(sender.trySend(2));
          assertFalse(sender.trySend(3));
          assertEquals(1, receiver.receive());
          assertEquals(2, receiver.tryReceive());
          assertNull(receiver.tryReceive());
        });
  }

  @BothEngines
  void aFullChannelHasTheSenderWait(Engine engine) throws Exception {
    on(
        engine,
        1,
        (sender, receiver) ->
            TaskGroup.run(group -> {
              sender.send(1);
              var send = group.start(() -> sender.send(2));
              settle();
              assertFalse(send.isDone());
              assertEquals(1, receiver.receive());
              assertEquals(2, receiver.receive());
              settle();
              assertTrue(send.isDone());
            }));
  }

  @BothEngines
  void anUnboundedChannelNeverHasASenderWait(Engine engine) throws Exception {
    on(
        engine,
        Channel.UNBOUNDED,
        (sender, receiver) -> {
          for (int i = 0; i < 1_000; i++) {
            assertTrue(sender.trySend(i));
          }
          for (int i = 0; i < 1_000; i++) {
            assertEquals(i, receiver.tryReceive());
          }
        });
  }

  @BothEngines
  void withoutCapacityASenderWaitsForItsReceiver(Engine engine) throws Exception {
    on(
        engine,
        0,
        (sender, receiver) ->
            TaskGroup.run(group -> {
              assertFalse(sender.trySend(0));
              assertNull(receiver.tryReceive());
              var send = group.start(() -> sender.send(1));
              settle();
              assertFalse(send.isDone());
              assertEquals(1, receiver.tryReceive());
              settle();
              assertTrue(send.isDone());
              var receive = group.start(() -> receiver.receive());
              settle();
              assertTrue(sender.trySend(2), "somebody waits for it");
              assertFalse(sender.trySend(3), "nobody else does");
              settle();
              assertEquals(2, receive.result());
            }));
  }

  @BothEngines
  void receiversAreServedInTheOrderInWhichTheyCame(Engine engine) throws Exception {
    on(
        engine,
        0,
        (sender, receiver) -> {
          var got = new ArrayList<String>();
          TaskGroup.run(group -> {
            for (var name : List.of("a", "b", "c")) {
              group.start(() -> {
                got.add(name + receiver.receive());
              });
            }
            settle();
            List.of(1, 2, 3).forEach(sender::send);
          });
          assertEquals(List.of("a1", "b2", "c3"), got);
        });
  }

  @BothEngines
  void sendersAreServedInTheOrderInWhichTheyCame(Engine engine) throws Exception {
    for (int capacity : List.of(0, 1, 2)) {
      on(
          engine,
          capacity,
          (sender, receiver) ->
              TaskGroup.run(group -> {
                for (int i = 0; i < 5; i++) {
                  int item = i;
                  group.start(() -> sender.send(item));
                }
                settle();
                for (int i = 0; i < 5; i++) {
                  assertEquals(i, receiver.receive());
                }
              }));
    }
  }

  @BothEngines
  void anIterationEndsWhenTheLastSenderCloses(Engine engine) throws Exception {
    on(
        engine,
        1,
        (sender, receiver) -> {
          var got = new TreeSet<Integer>();
          TaskGroup.run(group -> {
            for (int producer = 0; producer < 3; producer++) {
              var own = sender.clone();
              int first = producer * 10;
              group.start(() -> {
                try (own) {
                  for (int i = 0; i < 10; i++) {
                    own.send(first + i);
                  }
                }
              });
            }
            sender.close();
            for (var item : receiver) {
              assertTrue(got.add(item));
            }
          });
          assertEquals(30, got.size());
          assertThrows(EndOfChannelException.class, receiver::receive);
          assertThrows(EndOfChannelException.class, receiver::tryReceive);
          assertThrows(NoSuchElementException.class, () -> receiver.iterator().next());
        });
  }

  @BothEngines
  void severalIterationsShareTheItems(Engine engine) throws Exception {
    on(
        engine,
        0,
        (sender, receiver) -> {
          var got = new TreeSet<Integer>();
          var shares = new int[3];
          TaskGroup.run(group -> {
            for (int i = 0; i < 3; i++) {
              int share = i;
              group.start(() -> {
                for (var item : receiver) {
                  assertTrue(got.add(item));
                  shares[share]++;
                }
              });
            }
            for (int i = 0; i < 30; i++) {
              sender.send(i);
            }
            sender.close();
          });
          assertEquals(30, got.size());
          for (int share : shares) {
            assertTrue(share > 0);
          }
        });
  }

  @BothEngines
  void whatIsInTheChannelOutlivesItsSenders(Engine engine) throws Exception {
    on(
        engine,
        2,
        (sender, receiver) -> {
          sender.send(1);
          sender.send(2);
          sender.close();
          assertEquals(1, receiver.receive());
          assertEquals(2, receiver.receive());
          assertThrows(EndOfChannelException.class, receiver::receive);
        });
  }

  @BothEngines
  void receiversThatWaitComeToTheEndWithTheLastSender(Engine engine) throws Exception {
    on(
        engine,
        0,
        (sender, receiver) ->
            TaskGroup.run(group -> {
              var twin = sender.clone();
              for (int i = 0; i < 2; i++) {
                group.start(() -> assertThrows(EndOfChannelException.class, receiver::receive));
              }
              settle();
              sender.close();
              settle();
              assertEquals(2, group.children().size());
              twin.close();
            }));
  }

  @BothEngines
  void withoutReceiversSendingFails(Engine engine) throws Exception {
    on(
        engine,
        5,
        (sender, receiver) -> {
          var twin = receiver.clone();
          receiver.close();
          sender.send(1);
          assertEquals(1, sender.statistics().size());
          twin.close();
          assertEquals(0, sender.statistics().size(), "nobody will ever take it");
          assertThrows(BrokenChannelException.class, () -> sender.send(2));
          assertThrows(BrokenChannelException.class, () -> sender.trySend(2));
        });
  }

  @BothEngines
  void sendersThatWaitAreToldThatTheLastReceiverIsGone(Engine engine) throws Exception {
    for (int capacity : List.of(0, 1)) {
      on(
          engine,
          capacity,
          (sender, receiver) ->
              TaskGroup.run(group -> {
                var twin = receiver.clone();
                if (capacity > 0) {
                  sender.send(0);
                }
                for (int i = 0; i < 2; i++) {
                  group.start(
                      () -> assertThrows(BrokenChannelException.class, () -> sender.send(1)));
                }
                settle();
                receiver.close();
                settle();
                assertEquals(2, group.children().size());
                twin.close();
              }));
    }
  }

  @BothEngines
  void aClosedEndIsOfNoUse(Engine engine) throws Exception {
    on(
        engine,
        1,
        (sender, receiver) -> {
          var senderTwin = sender.clone();
          var receiverTwin = receiver.clone();
          sender.close();
          receiver.close();
          sender.close();
          receiver.close();
          assertThrows(ChannelClosedException.class, () -> sender.send(1));
          assertThrows(ChannelClosedException.class, () -> sender.trySend(1));
          assertThrows(ChannelClosedException.class, sender::clone);
          assertThrows(ChannelClosedException.class, receiver::receive);
          assertThrows(ChannelClosedException.class, receiver::tryReceive);
          assertThrows(ChannelClosedException.class, receiver::clone);
          assertThrows(ChannelClosedException.class, () -> receiver.iterator().hasNext());
          senderTwin.send(1);
          assertEquals(1, receiverTwin.receive());
          assertTrue(sender.toString().startsWith("closed sender"), sender.toString());
          assertTrue(receiver.toString().startsWith("closed receiver"), receiver.toString());
        });
  }

  @BothEngines
  void closingAnEndEndsTheWaitsAtItAndNoOthers(Engine engine) throws Exception {
    on(
        engine,
        0,
        (sender, receiver) ->
            TaskGroup.run(group -> {
              var twin = receiver.clone();
              for (int i = 0; i < 2; i++) {
                group.start(() -> assertThrows(ChannelClosedException.class, receiver::receive));
                group.start(() -> assertEquals(7, twin.receive()));
              }
              settle();
              receiver.close();
              settle();
              assertEquals(2, group.children().size());
              sender.send(7);
              sender.send(7);
            }));
    on(
        engine,
        0,
        (sender, receiver) ->
            TaskGroup.run(group -> {
              var twin = sender.clone();
              for (int i = 0; i < 2; i++) {
                group.start(() -> assertThrows(ChannelClosedException.class, () -> sender.send(1)));
                group.start(() -> twin.send(2));
              }
              settle();
              sender.close();
              assertEquals(2, receiver.receive());
              assertEquals(2, receiver.receive());
              assertNull(receiver.tryReceive());
            }));
  }

  @BothEngines
  void aClosedIterationSaysThatItsEndWasClosed(Engine engine) throws Exception {
    on(
        engine,
        0,
        (sender, receiver) -> {
          EventLoop.current().callLater(ofSeconds(1), receiver::close);
          var items = receiver.iterator();
          assertThrows(ChannelClosedException.class, items::hasNext);
        });
  }

  @BothEngines
  void clonesAreEndsOfTheSameChannel(Engine engine) throws Exception {
    on(
        engine,
        1,
        (sender, receiver) -> {
          var twin = sender.clone();
          assertNotSame(sender, twin);
          sender.send(1);
          assertFalse(twin.trySend(2));
          assertEquals(1, receiver.clone().receive());
        });
  }

  @BothEngines
  void aNewReceiverGetsWhatIsThereAlready(Engine engine) throws Exception {
    on(
        engine,
        3,
        (sender, receiver) -> {
          List.of(1, 2, 3).forEach(sender::send);
          var twin = receiver.clone();
          receiver.close();
          sender.close();
          var got = new ArrayList<Integer>();
          twin.forEach(got::add);
          assertEquals(List.of(1, 2, 3), got);
        });
  }

  @BothEngines
  void statisticsTellAll(Engine engine) throws Exception {
    on(
        engine,
        2,
        (sender, receiver) -> {
          assertEquals(new Channel.Statistics(0, 2, 1, 1, 0, 0), sender.statistics());
          var twin = sender.clone();
          var other = receiver.clone();
          assertEquals(new Channel.Statistics(0, 2, 2, 2, 0, 0), receiver.statistics());
          try (var group = TaskGroup.open()) {
            group.start(() -> other.receive());
            settle();
            assertEquals(new Channel.Statistics(0, 2, 2, 2, 0, 1), sender.statistics());
            for (int i = 0; i < 5; i++) {
              int item = i;
              group.start(() -> twin.send(item));
            }
            settle();
            assertEquals(new Channel.Statistics(2, 2, 2, 2, 2, 0), sender.statistics());
          }
          assertEquals(new Channel.Statistics(2, 2, 2, 2, 0, 0), sender.statistics());
          twin.close();
          other.close();
          assertEquals(new Channel.Statistics(2, 2, 1, 1, 0, 0), sender.statistics());
          receiver.close();
          assertEquals(new Channel.Statistics(0, 2, 1, 0, 0, 0), sender.statistics());
          assertTrue(sender.toString().contains("0/2"), sender.toString());
        });
  }

  @BothEngines
  void nullIsRefusedAndCallbacksMaySend(Engine engine) throws Exception {
    on(
        engine,
        0,
        (sender, receiver) -> {
          assertThrows(NullPointerException.class, () -> sender.send(nothing()));
          EventLoop.current().callSoon(() -> sender.trySend(1));
          assertEquals(1, receiver.receive());
        });
  }

  @SuppressWarnings("NullAway")
  private static Integer nothing() {
    return null;
  }

  @BothEngines
  void aChannelMayBeOpenedBeforeTheLoopAndThenBelongsToOne(Engine engine) throws Exception {
    var channel = Channel.<Integer>open(1);
    var twin = channel.sender().clone();
    channel.sender().close();
    try (var first = Runner.open(OnLoop.options(engine));
        var second = Runner.open(OnLoop.options(engine))) {
      first.run(() -> twin.send(1));
      second.run(() -> {
        assertThrows(IllegalStateException.class, () -> twin.send(2));
        assertThrows(IllegalStateException.class, channel.receiver()::receive);
        assertThrows(IllegalStateException.class, twin::close);
        assertThrows(IllegalStateException.class, twin::clone);
      });
      assertThrows(IllegalStateException.class, () -> channel.receiver().tryReceive());
      assertEquals(1, first.run(channel.receiver()::receive));
    }
  }
}
