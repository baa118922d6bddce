// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimersTest {
  private final VirtualClock clock = VirtualClock.manual();
  private final EventLoop loop = EventLoop.create(LoopOptions.DEFAULT.withClock(clock));
  private final List<Long> fired = new ArrayList<>();

  @AfterEach
  void close() {
    loop.close();
  }

  private Timer timer(long when) {
    return loop.addTimer(when, () -> fired.add(when));
  }

  /// Lets time pass, and one iteration run.
  private void advance(long nanos) {
    clock.advance(Duration.ofNanos(nanos));
    loop.stop();
    loop.runForever();
  }

  @Test
  void anEmptyHeapHasNoNextTime() {
    assertTrue(loop.timers.isEmpty());
    assertEquals(Long.MAX_VALUE, loop.timers.next());
  }

  @Test
  void timersForTheSameTimeFireInTheOrderInWhichTheyWereSet() {
    var order = new ArrayList<Integer>();
    for (int i = 0; i < 100; i++) {
      int me = i;
      loop.addTimer(0, () -> order.add(me));
    }
    advance(0);
    assertEquals(java.util.stream.IntStream.range(0, 100).boxed().toList(), order);
  }

  @Test
  void aCancelledTimerLeavesTheHeapAtOnce() {
    var timers = new ArrayList<Timer>();
    for (int i = 0; i < 5_000; i++) {
      timers.add(timer(Long.MAX_VALUE - i));
    }
    timers.forEach(Timer::cancel);
    assertEquals(0, loop.timers.size());
    timers.forEach(Timer::cancel);
    assertEquals(0, loop.timers.size(), "the second time it does nothing");
    assertTrue(timers.getFirst().isCancelled());
  }

  @Test
  void onlyWhatIsDueFires() {
    timer(Long.MAX_VALUE);
    timer(6);
    timer(5);
    timer(-1);
    advance(5);
    assertEquals(List.of(-1L, 5L), fired);
    assertEquals(6, loop.timers.next());
  }

  @Test
  void anyMixtureOfSettingCancellingAndFiringAgreesWithASortedList() {
    var random = new Random(1);
    var model = new ArrayList<Timer>();
    for (int round = 0; round < 20_000; round++) {
      int dice = random.nextInt(10);
      if (dice < 6) {
        model.add(timer(clock.time() + random.nextInt(1_000)));
      } else if (dice < 9 && !model.isEmpty()) {
        model.remove(random.nextInt(model.size())).cancel();
      } else {
        advanceAndCompare(model, random.nextInt(300));
      }
      assertEquals(model.size(), loop.timers.size());
    }
  }

  private void advanceAndCompare(List<Timer> model, int nanos) {
    long now = clock.time() + nanos;
    model.sort(
        Comparator.comparingLong((Timer timer) -> timer.when).thenComparingLong(t -> t.order));
    var due = model.stream().filter(timer -> timer.when <= now).map(timer -> timer.when).toList();
    model.removeIf(timer -> timer.when <= now);
    fired.clear();
    advance(nanos);
    assertEquals(due, fired);
  }
}
