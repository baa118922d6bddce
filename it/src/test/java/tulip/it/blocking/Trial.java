// SPDX-License-Identifier: Apache-2.0
package tulip.it.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import tulip.core.Action;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// Fifty tasks of one loop that use a blocking library, each with a session of its own, beside a
/// task that wakes every two milliseconds.
@SuppressWarnings("try") // a library's sessions throw what they like when they are closed
final class Trial {
  /// A conversation with a server, by way of the library.
  interface Session extends AutoCloseable {
    /// Asks for something and waits for the answer.
    void exchange() throws Exception;
  }

  private static final int TASKS = 50;
  private static final int EXCHANGES = 20;
  private static final int TRIES = 5;
  private static final long LONGEST_TURN_MILLIS = 20;
  private static final Duration TICK = Duration.ofMillis(2);
  private static final int TICKS = 100;
  private static final long ONE_AFTER_THE_OTHER_MILLIS = 50_000;

  private final TurnMeter meter = new TurnMeter();
  private int ticks;

  private Trial() {}

  /// Runs code on a loop with the carrier engine.
  static void run(Action<Exception> code) throws Exception {
    var options =
        LoopOptions.DEFAULT.withEngine(LoopOptions.Engine.CARRIER).withInterruptible(false);
    Tulip.run(
        options,
        () -> {
          assertEquals("carrier", EventLoop.current().engine());
          code.run();
        });
  }

  /// Fails if any turn is long. The first use of the library does not count, and is printed; a
  /// collector may hold up a turn too: the best of some tries counts.
  static void neverStandsStill(String library, Callable<? extends Session> connect)
      throws Exception {
    var trial = new Trial();
    var loop = EventLoop.current();
    loop.addInstrument(trial.meter);
    try (var group = TaskGroup.open()) {
      group.start(trial::tick);
      long first = trial.longestTurn(1, connect);
      long longest = Long.MAX_VALUE;
      for (int i = 0; i < TRIES && longest > LONGEST_TURN_MILLIS; i++) {
        longest = Math.min(longest, trial.longestTurn(TASKS, connect));
      }
      IO.println(library + ": first use held up " + first + " ms, others at most " + longest);
      assertTrue(longest <= LONGEST_TURN_MILLIS, library + " kept a turn for " + longest + " ms");
    } finally {
      loop.removeInstrument(trial.meter);
    }
  }

  private long longestTurn(int tasks, Callable<? extends Session> connect) throws Exception {
    Tulip.yield();
    meter.takeLongest();
    try (var group = TaskGroup.open()) {
      for (int i = 0; i < tasks; i++) {
        group.start(() -> {
          try (var session = connect.call()) {
            for (int j = 0; j < EXCHANGES; j++) {
              session.exchange();
            }
          }
        });
      }
      group.join();
    }
    return meter.takeLongest();
  }

  /// Fails if sessions wait one after the other, or the loop waits with them. Each is open, and its
  /// next exchange takes a second.
  static void waitsTogether(List<? extends Session> sessions) {
    var trial = new Trial();
    long begin = System.nanoTime();
    try (var ticking = TaskGroup.open()) {
      ticking.start(trial::tick);
      try (var group = TaskGroup.open()) {
        for (var session : sessions) {
          group.start(session::exchange);
        }
        group.join();
      }
    }
    long millis = (System.nanoTime() - begin) / 1_000_000;
    assertTrue(millis >= 1_000, "the server was not slow: " + millis + " ms");
    assertTrue(millis < ONE_AFTER_THE_OTHER_MILLIS / 2, millis + " ms");
    assertTrue(trial.ticks >= TICKS, trial.ticks + " ticks in " + millis + " ms");
  }

  static <S extends Session> List<S> connectAll(Callable<S> connect) throws Exception {
    var sessions = new ArrayList<S>();
    for (int i = 0; i < TASKS; i++) {
      sessions.add(connect.call());
    }
    return sessions;
  }

  private void tick() {
    while (true) {
      Tulip.sleep(TICK);
      ticks++;
    }
  }
}
