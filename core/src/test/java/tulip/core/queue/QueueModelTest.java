// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tulip.core.Explorer;
import tulip.core.Explorer.How;
import tulip.core.Explorer.Play;
import tulip.core.LoopOptions.Engine;

/// A queue in every order of those who put, get and join, with a cancellation at every moment.
class QueueModelTest {
  private static final class Model {
    final Play play;
    final Queue<Integer> queue = new Queue<>(1);
    final List<Integer> put = new ArrayList<>();
    final List<Integer> got = new ArrayList<>();
    private int putting;

    Model(Play play) {
      this.play = play;
      play.always(this::check);
      play.atEnd(this::checkEnd);
    }

    private void check() {
      var now = queue.statistics();
      assertTrue(now.waitingPuts() == 0 || now.size() == 1, now::toString);
      assertTrue(now.waitingGets() == 0 || now.size() == 0, now::toString);
      assertTrue(now.waitingGets() == 0 || !queue.isShutDown(), now::toString);
    }

    private void checkEnd() {
      got.addAll(left());
      assertEquals(put.stream().sorted().toList(), got.stream().sorted().toList());
      assertEquals(0, queue.statistics().waitingPuts());
      assertEquals(0, queue.statistics().waitingGets());
    }

    private List<Integer> left() {
      var left = new ArrayList<Integer>();
      try {
        for (var item = queue.tryGet(); item != null; item = queue.tryGet()) {
          left.add(item);
        }
      } catch (QueueShutDown e) {
        // empty
      }
      return left;
    }

    /// Puts one item; the last to do so shuts the queue down.
    void puts(int item) {
      putting++;
      play.task(
          "puts" + item,
          () -> {
            try {
              queue.put(item);
              put.add(item);
            } catch (QueueShutDown e) {
              // by one that gets
            } finally {
              if (--putting == 0) {
                queue.shutdown();
              }
            }
          });
    }

    /// Gets all there is. One that is cancelled stops those that put, who might wait for it.
    void gets(String name) {
      play.task(
          name,
          () -> {
            try {
              for (int item : queue) {
                got.add(item);
                queue.taskDone();
              }
            } finally {
              queue.shutdown();
            }
          });
    }
  }

  private static void explore(int cancels, How how, Explorer.Program program) throws Exception {
    int runs = Explorer.on(Engine.CARRIER).cancelling(cancels, how).explore(program);
    assertTrue(runs > 500, () -> "only " + runs);
  }

  @ParameterizedTest
  @EnumSource
  void twoPutAndOneGets(How how) throws Exception {
    explore(
        2,
        how,
        play -> {
          var model = new Model(play);
          model.puts(1);
          model.puts(2);
          model.gets("gets");
        });
  }

  @ParameterizedTest
  @EnumSource
  void twoPutAndTwoGet(How how) throws Exception {
    explore(
        1,
        how,
        play -> {
          var model = new Model(play);
          model.puts(1);
          model.puts(2);
          model.gets("one");
          model.gets("two");
        });
  }

  /// Whatever is cancelled, those that join go on when each item that was put is done.
  @ParameterizedTest
  @EnumSource
  void twoJoin(How how) throws Exception {
    explore(
        2,
        how,
        play -> {
          var queue = new Queue<Integer>(2);
          queue.tryPut(1);
          queue.tryPut(2);
          for (var name : List.of("one", "two")) {
            play.task(
                "joins " + name,
                () -> {
                  queue.join();
                  assertEquals(0, queue.statistics().unfinished());
                });
            play.task(
                "works " + name,
                () -> {
                  int item = queue.get();
                  try {
                    assertTrue(item > 0);
                  } finally {
                    queue.taskDone();
                  }
                });
          }
        });
  }
}
