// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// [Sequencer] and [Tasks].
@TulipTest(
    engine = {Engine.CARRIER, Engine.BATON},
    shuffle = 5)
class SequencerTest {
  private final Sequencer sequence = new Sequencer();
  private final Trail trail = new Trail();

  @TulipTest
  void stepsFollowOneAnotherWhateverTaskTheyAreIn(TaskGroup group) {
    group.start(() -> {
      sequence.step(0, trail.mark(0)::run);
      sequence.step(4, trail.mark(4)::run);
    });
    group.start(() -> {
      sequence.step(
          2,
          () -> {
            Tulip.sleep(Duration.ofSeconds(1));
            trail.add(2);
          });
      sequence.step(3, trail.mark(3)::run);
    });
    group.start(() -> sequence.step(1, trail.mark(1)::run));
    group.join();
    trail.assertIs(0, 1, 2, 3, 4);
  }

  @TulipTest
  void aStepReturnsWhatItsBlockReturns() {
    assertEquals("value", sequence.step(0, () -> "value"));
  }

  @TulipTest
  void aStepThatFailsIsOver() {
    assertThrows(
        UnsupportedOperationException.class,
        () ->
            sequence.step(
                0,
                () -> {
                  throw new UnsupportedOperationException();
                }));
    sequence.step(1, trail.mark(1)::run);
    trail.assertIs(1);
  }

  @TulipTest
  void aStepIsTakenOnce() {
    sequence.step(0, () -> {});
    var twice = assertThrows(IllegalStateException.class, () -> sequence.step(0, () -> {}));
    assertEquals("step 0 of the sequence is taken twice", twice.getMessage());
    assertThrows(IllegalArgumentException.class, () -> sequence.step(-1, () -> {}));
  }

  @TulipTest
  void aSequenceThatIsBrokenHasNobodyWait(EventLoop loop) {
    var second = loop.createTask(() -> sequence.step(2, () -> "2"));
    var third = loop.createTask(() -> sequence.step(3, () -> "3"));
    Tasks.awaitAllBlocked();
    second.cancel();
    var broken = assertThrows(IllegalStateException.class, third::await);
    assertTrue(
        String.valueOf(broken.getMessage()).contains("waited for step 2"), broken::getMessage);
    assertTrue(second.isCancelled());
    assertThrows(IllegalStateException.class, () -> sequence.step(0, () -> {}));
    assertThrows(IllegalStateException.class, () -> sequence.step(1, () -> {}));
  }

  @TulipTest
  void aCancelledTaskThatComesToItsStepBreaksTheSequenceToo(EventLoop loop) {
    var late =
        loop.createTask(() -> {
          assertThrows(Cancelled.class, Tulip::sleepForever);
          sequence.step(1, () -> {});
        });
    late.taskScope().cancel();
    late.awaitDone();
    assertTrue(late.isCancelled());
    assertThrows(IllegalStateException.class, () -> sequence.step(0, () -> {}));
  }

  @TulipTest
  void allOthersAreBlocked(TaskGroup group, EventLoop loop) {
    group.start(() -> {
      for (int i = 0; i < 10; i++) {
        trail.add(i);
        Tulip.yield();
      }
      Tulip.sleep(Duration.ofSeconds(1));
      trail.add("slept");
    });
    Tasks.awaitAllBlocked();
    assertEquals(10, trail.size());
    assertEquals(0, loop.time());
    Tasks.awaitAllBlocked(Duration.ofSeconds(2));
    assertEquals(11, trail.size());
    assertEquals(Duration.ofSeconds(3).toNanos(), loop.time());
  }
}
