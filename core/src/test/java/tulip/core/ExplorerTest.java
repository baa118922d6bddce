// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tulip.core.Explorer.How;
import tulip.core.LoopOptions.Engine;
import tulip.core.sync.Lock;

/// The explorer misses no schedule, and finds what it is for.
class ExplorerTest {
  private static final Explorer EXPLORER = Explorer.on(Engine.CARRIER);

  private static void steps(StringBuilder trail, char mark) {
    trail.append(mark);
    Tulip.yield();
    trail.append(mark);
    Tulip.yield();
    trail.append(mark);
  }

  private static String failure(Executable exploration) {
    return String.valueOf(assertThrows(AssertionError.class, exploration).getMessage());
  }

  @BothEngines
  void everyOrderComesOnce(Engine engine) throws Exception {
    var trails = new TreeSet<String>();
    int runs =
        Explorer.on(engine)
            .explore(play -> {
              var trail = new StringBuilder();
              play.task("a", () -> steps(trail, 'a'));
              play.task("b", () -> steps(trail, 'b'));
              play.atEnd(() -> trails.add(trail.toString()));
            });
    assertEquals(20, runs); // of 3 and 3: 6! / (3! * 3!)
    assertEquals(20, trails.size());
  }

  @Test
  void theFirstOrderIsThatOfTheLoop() {
    var error =
        failure(() ->
            EXPLORER.explore(play -> {
              for (var name : List.of("a", "b", "c")) {
                play.task(name, Tulip::yield);
              }
              play.atEnd(() -> {
                throw new AssertionError("stop");
              });
            }));
    assertEquals(
        "java.lang.AssertionError: stop, in run 1: [task a, task b, task c, task a, task b, task c]",
        error);
  }

  @Test
  void aCancellationComesAtEveryMoment() throws Exception {
    var ends = new TreeMap<String, Integer>();
    EXPLORER
        .cancelling(1, How.REQUEST)
        .explore(play -> {
          var trail = new StringBuilder();
          play.task("a", () -> steps(trail, 'a'));
          play.atEnd(() -> ends.merge(trail.toString(), 1, Integer::sum));
        });
    // before the first turn or the second; before the third; never
    assertEquals("{a=2, aa=1, aaa=1}", ends.toString());
  }

  @Test
  void aDeadlockIsFound() {
    var error =
        failure(() ->
            EXPLORER.explore(play -> {
              var one = new Lock();
              var two = new Lock();
              play.task("a", () -> one.run(() -> inBoth(two)));
              play.task("b", () -> two.run(() -> inBoth(one)));
            }));
    assertTrue(error.contains("task a waits for ever for lock held by b"), error);
    assertTrue(error.endsWith("[task a, task b, task a, task b]"), error);
  }

  private static void inBoth(Lock second) {
    Tulip.yield();
    second.run(() -> {});
  }

  /// A lock that forgets to pass on what reached a task that was cancelled.
  private static final class Forgetful {
    private final ArrayDeque<Future<Boolean>> waiting = new ArrayDeque<>();
    private boolean locked;

    void acquire() {
      if (locked) {
        Future<Boolean> mine = EventLoop.current().createFuture();
        waiting.add(mine);
        mine.await();
      }
      locked = true;
    }

    void release() {
      locked = false;
      var next = waiting.poll();
      if (next != null) {
        next.setResult(true);
      }
    }
  }

  private static void useForgetful(Explorer.Play play) {
    var lock = new Forgetful();
    for (var name : List.of("a", "b", "c")) {
      play.task(
          name,
          () -> {
            lock.acquire();
            try {
              Tulip.yield();
            } finally {
              lock.release();
            }
          });
    }
  }

  @Test
  void aLostWakeUpIsFound() {
    var error =
        failure(() -> EXPLORER.cancelling(1, How.REQUEST).explore(ExplorerTest::useForgetful));
    assertTrue(error.contains("waits for ever"), error);
  }

  @Test
  void aCheckIsMadeBeforeEveryTurn() {
    var error =
        failure(() ->
            EXPLORER.explore(play -> {
              var trail = new StringBuilder();
              play.task("a", () -> steps(trail, 'a'));
              play.task("b", () -> steps(trail, 'b'));
              play.always(() -> assertTrue(!trail.toString().equals("bbaab")));
            }));
    assertTrue(error.endsWith("[task b, task b, task a, task a, task b]"), error);
  }
}
