// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import tulip.core.BothEngines;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Task;
import tulip.core.Tulip;

class GeneratorTest {
  private static void count(SendChannel<Integer> sender, int to) {
    for (int i = 0; i < to; i++) {
      sender.send(i);
    }
  }

  @BothEngines
  void itGivesWhatItsCodeSends(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var got = new ArrayList<Integer>();
          try (var numbers = Generator.<Integer>open(sender -> count(sender, 5))) {
            numbers.forEach(got::add);
          }
          assertEquals(List.of(0, 1, 2, 3, 4), got);
        });
  }

  @BothEngines
  void leavingEarlyEndsItsCode(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var ended = new boolean[1];
          try (var numbers =
              Generator.<Integer>open(sender -> {
                try {
                  count(sender, Integer.MAX_VALUE);
                } finally {
                  ended[0] = true;
                }
              })) {
            for (int number : numbers) {
              if (number == 3) {
                break;
              }
            }
          }
          assertTrue(ended[0]);
          assertEquals(1, EventLoop.current().taskCount());
        });
  }

  @BothEngines
  void theCodeIsOneItemAheadAtMost(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var sent = new int[1];
          try (var numbers =
              Generator.<Integer>open(sender -> {
                while (true) {
                  sender.send(sent[0]++);
                }
              })) {
            QueueTest.settle();
            assertEquals(1, sent[0]);
            for (int number : numbers) {
              QueueTest.settle();
              assertEquals(number + 2, sent[0]);
              if (number == 5) {
                break;
              }
            }
          }
        });
  }

  @BothEngines
  void aFailureIsThrownWhereTheIterationHasComeTo(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var got = new ArrayList<Integer>();
          try (var numbers =
              Generator.<Integer>open(sender -> {
                count(sender, 2);
                throw new IOException("broken");
              })) {
            var error = assertThrows(CompletionException.class, () -> numbers.forEach(got::add));
            assertEquals("java.io.IOException: broken", String.valueOf(error.getCause()));
            assertFalse(numbers.iterator().hasNext(), "it is thrown once");
          }
          assertEquals(List.of(0, 1), got);
        });
  }

  @BothEngines
  void aFailureThatTheIterationDidNotReachIsThrownByClose(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var numbers =
              Generator.<Integer>open(sender -> {
                try {
                  count(sender, 2);
                } catch (Cancelled e) {
                  throw new IllegalStateException("clean-up", e);
                }
              });
          assertEquals(0, numbers.iterator().next());
          assertThrows(IllegalStateException.class, numbers::close);
          numbers.close();
        });
  }

  @BothEngines
  void aScopeMayBeHeldAcrossItsSends(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var got = new ArrayList<Integer>();
          try (var numbers =
              Generator.<Integer>open(sender -> {
                try {
                  Tulip.timeout(ofSeconds(5), () -> count(sender, Integer.MAX_VALUE));
                } catch (TimeoutException e) {
                  sender.send(-1);
                }
              })) {
            for (int number : numbers) {
              got.add(number);
              Tulip.sleep(ofSeconds(2));
            }
          }
          assertEquals(List.of(0, 1, 2, -1), got);
        });
  }

  @BothEngines
  void aCancelledGeneratorDoesNotLookComplete(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = new ArrayList<Task<?>>();
          try (var numbers =
              Generator.<Integer>open(sender -> {
                tasks.add(Task.current());
                sender.send(1);
                Tulip.sleepForever();
              })) {
            var items = numbers.iterator();
            assertEquals(1, items.next());
            EventLoop.current().callLater(ofSeconds(1), () -> tasks.getFirst().cancel("by hand"));
            assertThrows(CancellationException.class, items::hasNext);
          }
        });
  }

  @BothEngines
  void cancellingTheIterationCancelsTheCode(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertThrows(
              TimeoutException.class,
              () ->
                  Tulip.timeout(
                      ofSeconds(1),
                      () -> {
                        try (var none = Generator.<Integer>open(_ -> Tulip.sleepForever())) {
                          none.forEach(_ -> {});
                        }
                      }));
          assertEquals(1, EventLoop.current().taskCount());
        });
  }
}
