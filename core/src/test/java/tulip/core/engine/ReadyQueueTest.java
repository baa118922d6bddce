// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadyQueueTest {
  private final AtomicInteger wakeups = new AtomicInteger();
  private final ReadyQueue queue = new ReadyQueue(wakeups::incrementAndGet);

  private static final class Numbered extends Ready {
    final int thread;
    final int number;
    final CountDownLatch reaped = new CountDownLatch(1);

    Numbered(int thread, int number) {
      this.thread = thread;
      this.number = number;
    }

    @Override
    public void run() {}

    @Override
    public void reap() {
      reaped.countDown();
    }
  }

  private static Numbered ready(int number) {
    return new Numbered(0, number);
  }

  private List<Integer> drain() {
    var numbers = new ArrayList<Integer>();
    for (var next = queue.poll(); next != null; next = queue.poll()) {
      numbers.add(((Numbered) next).number);
    }
    return numbers;
  }

  @Test
  void theOwnersOwnComeOutInOrder() {
    queue.own();
    for (int i = 0; i < 5; i++) {
      queue.submit(ready(i));
    }
    assertEquals(5, queue.size());
    assertEquals(List.of(0, 1, 2, 3, 4), drain());
    assertEquals(0, queue.size());
    assertNull(queue.peek());
  }

  @Test
  void whatStandsInTheQueueIsNotQueuedTwice() {
    queue.own();
    var one = ready(1);
    queue.submit(one);
    queue.submit(one);
    assertSame(one, queue.poll());
    assertNull(queue.poll());
    one.release();
    queue.submit(one);
    assertSame(one, queue.poll());
  }

  @Test
  void whoJumpsTheQueueComesFirst() {
    queue.own();
    queue.prepend(ready(2));
    queue.append(ready(3));
    queue.prepend(ready(1));
    assertEquals(List.of(1, 2, 3), drain());
    queue.append(ready(4));
    assertEquals(List.of(4), drain());
  }

  @Test
  void whatOthersBringIsThereAfterCollectingInOrderOfArrival() {
    for (int i = 0; i < 5; i++) {
      queue.submit(ready(i)); // nobody owns the queue: everybody is somebody else
    }
    assertEquals(0, queue.size());
    queue.own();
    queue.append(ready(-1));
    queue.collect();
    assertEquals(List.of(-1, 0, 1, 2, 3, 4), drain());
  }

  @Test
  void onlyASleeperIsWokenAndOnlyOnce() {
    queue.submit(ready(1));
    assertEquals(0, wakeups.get());
    assertFalse(queue.fallAsleep(), "there is something in the inbox");
    queue.own();
    queue.collect();
    assertTrue(queue.fallAsleep());
    queue.tryPost(ready(2));
    queue.tryPost(ready(3));
    assertEquals(1, wakeups.get());
  }

  @Test
  void manyThreadsLoseNothingAndEachKeepsItsOrder() throws InterruptedException {
    int threads = 4;
    int each = 50_000;
    queue.own();
    var start = new CountDownLatch(1);
    for (int t = 0; t < threads; t++) {
      int me = t;
      Thread.ofPlatform()
          .start(() -> {
            try {
              start.await();
            } catch (InterruptedException e) {
              return;
            }
            for (int i = 0; i < each; i++) {
              queue.submit(new Numbered(me, i));
            }
          });
    }
    start.countDown();
    int[] next = new int[threads];
    for (int seen = 0; seen < threads * each; ) {
      queue.collect();
      for (var ready = queue.poll(); ready != null; ready = queue.poll()) {
        var numbered = (Numbered) ready;
        assertEquals(next[numbered.thread]++, numbered.number);
        seen++;
      }
      Thread.onSpinWait();
    }
    queue.collect();
    assertNull(queue.poll());
  }

  @Test
  void aClosedQueueHandsEverythingToTheReaper() throws InterruptedException {
    queue.own();
    var inLine = ready(1);
    queue.append(inLine);
    queue.close();
    var late = ready(2);
    assertFalse(queue.tryPost(ready(3)));
    queue.submit(late);
    inLine.reaped.await();
    late.reaped.await();
  }
}
