// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.core.Action;
import tulip.core.Block;
import tulip.core.Cancelled;
import tulip.core.sync.Event;

/// Forces an order among pieces of several tasks: trio's `Sequencer`.
///
/// ```java
/// var sequence = new Sequencer();
/// group.start(() -> {
///   sequence.step(0, () -> lock.acquire());
///   sequence.step(2, () -> lock.release());
/// });
/// group.start(() -> {
///   sequence.step(1, () -> assertFalse(lock.tryAcquire()));
///   sequence.step(3, () -> assertTrue(lock.tryAcquire()));
/// });
/// ```
///
/// A step begins when the one before it has ended, be it with a failure, and each takes place once.
/// When a task is cancelled while it waits for its step, the sequence is broken: nobody waits for
/// it any more.
///
/// It is for the tasks of one loop.
public final class Sequencer {
  private final Map<Integer, Event> starts = new HashMap<>();
  private final Set<Integer> taken = new HashSet<>();
  private int broken = -1;

  /// A sequence that begins with step 0.
  public Sequencer() {}

  /// Waits for the end of the step before this one, and runs a block. In a task.
  ///
  /// @param number of the step, from 0 on
  /// @return what the block returns
  /// @throws X what the block throws
  /// @throws IllegalStateException if the step has been taken before, or the sequence is broken, be
  ///   it during the wait
  /// @throws Cancelled if the task was cancelled before its step
  public <T extends @Nullable Object, X extends Exception> T step(int number, Block<T, X> block)
      throws X {
    if (number < 0) {
      throw new IllegalArgumentException("steps are counted from 0: " + number);
    }
    if (!taken.add(number)) {
      throw new IllegalStateException("step " + number + " of the sequence is taken twice");
    }
    awaitStart(number);
    try {
      return block.run();
    } finally {
      start(number + 1).set();
    }
  }

  /// Waits for the end of the step before this one, and runs a block. In a task.
  ///
  /// @param number of the step, from 0 on
  /// @throws X what the block throws
  /// @throws IllegalStateException if the step has been taken before, or the sequence is broken, be
  ///   it during the wait
  /// @throws Cancelled if the task was cancelled before its step
  public <X extends Exception> void step(int number, Action<X> block) throws X {
    step(
        number,
        () -> {
          block.run();
          return null;
        });
  }

  private void awaitStart(int number) {
    if (number > 0 && broken < 0) {
      try {
        start(number).await();
      } catch (Cancelled e) {
        broken = number;
        starts.values().forEach(Event::set);
        throw e;
      }
    }
    if (broken >= 0) {
      throw new IllegalStateException(
          "the sequence is broken: a task was cancelled while it waited for step " + broken);
    }
  }

  private Event start(int number) {
    return starts.computeIfAbsent(number, _ -> new Event());
  }

  @Override
  public String toString() {
    return "sequence with steps " + taken + (broken < 0 ? "" : ", broken at " + broken);
  }
}
