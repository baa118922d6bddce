// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.Action;
import tulip.core.Explorer;
import tulip.core.Explorer.How;
import tulip.core.Explorer.Play;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;

/// Channels and select in every order of the tasks that use them, with cancellations at every
/// moment: nothing is lost, nothing comes twice, and nobody waits for what cannot come.
class ChannelModelTest {
  /// Two channels, and what went through them by the account of both sides.
  static final class Model {
    final Play play;
    final List<Integer> sent = new ArrayList<>();
    final List<Integer> received = new ArrayList<>();
    final Channel<Integer> left;
    final Channel<Integer> right;

    Model(Play play, int capacity) {
      this.play = play;
      left = Channel.open(capacity);
      right = Channel.open(capacity);
      play.always(() -> List.of(left, right).forEach(Model::check));
      play.atEnd(this::checkEnd);
    }

    private static void check(Channel<?> channel) {
      var now = channel.sender().statistics();
      assertTrue(now.waitingReceivers() == 0 || now.size() == 0, now::toString);
      assertTrue(now.waitingSenders() == 0 || now.size() == now.capacity(), now::toString);
      assertTrue(now.waitingReceivers() == 0 || now.waitingSenders() == 0, now::toString);
      assertTrue(now.waitingReceivers() == 0 || now.openSenders() > 0, now::toString);
      assertTrue(now.waitingSenders() == 0 || now.openReceivers() > 0, now::toString);
    }

    private void checkEnd() {
      assertEquals(sent.stream().sorted().toList(), received.stream().sorted().toList());
      for (var channel : List.of(left, right)) {
        assertEquals(0, channel.sender().statistics().waitingSenders());
        assertEquals(0, channel.sender().statistics().waitingReceivers());
      }
    }

    /// Sends some items, one at a time, and closes the end.
    void sends(String name, SendChannel<Integer> to, int... items) {
      play.task(
          name,
          () -> {
            try (to) {
              for (int item : items) {
                to.send(item);
                sent.add(item);
              }
            } catch (BrokenChannelException e) {
              // nobody is left to receive
            }
          });
    }

    /// Receives all there is, and closes the end; what is in the channel then is not lost.
    void receives(String name, ReceiveChannel<Integer> from) {
      play.task(
          name,
          () -> {
            try {
              for (int item : from) {
                received.add(item);
              }
            } finally {
              drainAndClose(from);
            }
          });
    }

    void drainAndClose(ReceiveChannel<Integer> from) {
      try {
        for (var item = from.tryReceive(); item != null; item = from.tryReceive()) {
          received.add(item);
        }
      } catch (EndOfChannelException e) {
        // empty
      }
      from.close();
    }

    /// Receives from both channels so many items in all, or to the end of one.
    void selects(String name, ReceiveChannel<Integer> one, ReceiveChannel<Integer> two, int times) {
      play.task(
          name,
          () -> {
            try {
              boolean more = true;
              for (int i = 0; i < times && more; i++) {
                more =
                    Select.select(
                        one.onReceive(this::receive, () -> false),
                        two.onReceive(this::receive, () -> false));
              }
            } finally {
              drainAndClose(one);
              drainAndClose(two);
            }
          });
    }

    private boolean receive(int item) {
      received.add(item);
      return true;
    }

    /// Gives one item away or gets one, whichever is possible first.
    void barters(String name, SendChannel<Integer> to, int item, ReceiveChannel<Integer> from) {
      play.task(
          name,
          () -> {
            try (to) {
              Select.select(
                  to.onSend(item, () -> sent.add(item)),
                  from.onReceive(this::receive, () -> false));
            } catch (BrokenChannelException e) {
              // nobody is left to receive
            } finally {
              drainAndClose(from);
            }
          });
    }

    /// Does what cannot be done any more when the end is closed.
    void fails(String name, Action<RuntimeException> operation) {
      play.task(
          name,
          () -> {
            try {
              operation.run();
              fail("there was nobody at the other end");
            } catch (ChannelClosedException | BrokenChannelException e) {
              // as planned
            }
          });
    }

    void closes(AutoCloseable end) {
      play.task(
          "closes",
          () -> {
            try (end) {
              Tulip.yield();
            }
          });
    }
  }

  /// The tasks of one program.
  enum Cast {
    SENDER_AND_RECEIVER {
      @Override
      void enter(Model model) {
        model.sends("sends", model.left.sender(), 1, 2);
        model.receives("receives", model.left.receiver());
      }
    },
    CLONED_SENDERS {
      @Override
      void enter(Model model) {
        model.sends("one", model.left.sender().clone(), 1);
        model.sends("two", model.left.sender(), 2);
        model.receives("receives", model.left.receiver());
      }
    },
    CLONED_RECEIVERS {
      @Override
      void enter(Model model) {
        model.sends("sends", model.left.sender(), 1, 2);
        model.receives("one", model.left.receiver().clone());
        model.receives("two", model.left.receiver());
      }
    },
    SHARED_ENDS {
      @Override
      void enter(Model model) {
        var receiver = model.left.receiver();
        model.sends("sends", model.left.sender(), 1);
        for (var name : List.of("one", "two")) {
          model.play.task(
              name,
              () -> {
                try {
                  model.receive(receiver.receive());
                } catch (ChannelClosedException | EndOfChannelException e) {
                  // the other one has closed the end, or has the item
                } finally {
                  if (model.left.receiver().statistics().openReceivers() > 0) {
                    model.drainAndClose(receiver);
                  }
                }
              });
        }
      }
    },
    SELECT {
      @Override
      void enter(Model model) {
        model.sends("one", model.left.sender(), 1);
        model.sends("two", model.right.sender(), 2);
        model.selects("selects", model.left.receiver(), model.right.receiver(), 2);
      }
    },
    SELECT_BESIDE_RECEIVER {
      @Override
      void enter(Model model) {
        model.sends("sends", model.left.sender(), 1, 2);
        model.selects("selects", model.left.receiver().clone(), model.right.receiver(), 1);
        model.receives("receives", model.left.receiver());
        model.closes(model.right.sender());
      }
    },
    TWO_SELECTS {
      @Override
      void enter(Model model) {
        model.sends("sends", model.left.sender(), 1, 2);
        model.selects("one", model.left.receiver(), model.right.receiver(), 2);
        model.selects("two", model.right.receiver().clone(), model.left.receiver().clone(), 2);
      }
    },
    SELECT_TWICE_ON_ONE_CHANNEL {
      @Override
      void enter(Model model) {
        model.sends("sends", model.left.sender(), 1, 2);
        model.selects("selects", model.left.receiver(), model.left.receiver().clone(), 3);
        model.selects("other", model.left.receiver().clone(), model.right.receiver(), 1);
      }
    },
    BARTER {
      @Override
      void enter(Model model) {
        model.barters("one", model.left.sender(), 1, model.right.receiver());
        model.barters("two", model.right.sender(), 2, model.left.receiver());
      }
    },
    CLOSED_WHILE_RECEIVING {
      @Override
      void enter(Model model) {
        var left = model.left.receiver();
        var right = model.right.receiver();
        model.fails(
            "selects",
            () ->
                Select.select(
                    left.onReceive(item -> item),
                    left.onReceive(item -> -item),
                    right.onReceive(item -> item)));
        model.fails("receives", left::receive);
        model.closes(left);
      }
    },
    CLOSED_WHILE_SENDING {
      @Override
      void enter(Model model) {
        var left = model.left.sender();
        left.trySend(0);
        model.fails(
            "selects", () -> Select.select(left.onSend(1, () -> 1), left.onSend(2, () -> 2)));
        model.fails("sends", () -> left.send(3));
        model.closes(left);
      }
    },
    ABANDONED {
      @Override
      void enter(Model model) {
        var left = model.left.sender();
        left.trySend(0);
        model.fails(
            "selects", () -> Select.select(left.onSend(1, () -> 1), left.onSend(2, () -> 2)));
        model.fails("sends", () -> left.send(3));
        model.closes(model.left.receiver());
      }
    };

    abstract void enter(Model model);
  }

  private static void explore(Explorer explorer, Cast cast) throws Exception {
    for (int capacity : List.of(0, 1)) {
      int runs = explorer.explore(play -> cast.enter(new Model(play, capacity)));
      assertTrue(runs > 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void onBothEngines(Cast cast) throws Exception {
    explore(Explorer.on(Engine.CARRIER), cast);
    explore(Explorer.on(Engine.BATON), cast);
  }

  @ParameterizedTest
  @EnumSource
  void oneIsCancelledForGood(Cast cast) throws Exception {
    explore(Explorer.on(Engine.CARRIER).cancelling(1, How.SCOPE), cast);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SELECT_BESIDE_RECEIVER")
  void twoAreCancelled(Cast cast) throws Exception {
    explore(Explorer.on(Engine.CARRIER).cancelling(2, How.REQUEST), cast);
  }

  @Tag("long")
  @Timeout(1_000)
  @ParameterizedTest
  @EnumSource
  void twoAreCancelledForGood(Cast cast) throws Exception {
    explore(Explorer.on(Engine.CARRIER).cancelling(2, How.SCOPE), cast);
  }
}
