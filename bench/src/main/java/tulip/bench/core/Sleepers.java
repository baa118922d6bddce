// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import tulip.bench.Figure;
import tulip.bench.Stopwatch;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Runner;
import tulip.core.Tulip;

/// Has very many tasks sleep for the same time, and wakes them: a process of its own.
///
/// The figure is what a wake-up costs. Where one thread does everything it is kept busy until all
/// are due; plain virtual threads are measured from the first wake-up to the last. Some tasks sleep
/// and wake before: the compiler would take it for granted that none ever does, and every one that
/// wakes then leaves compiled code the slow way.
final class Sleepers {
  static final String NAME = "sleepers";
  private static final Duration NAP = Duration.ofSeconds(8);
  private static final Duration WARM_UP_NAP = Duration.ofMillis(200);
  private static final int WARM_UP_COUNT = 20_000;
  private static final int WARM_UPS = 5;

  private final String peer;
  private final int count;
  private final Duration nap;
  private final long before = Heap.used();
  private int fellAsleep;
  private int woken;
  private int last = -1;
  private int misorders;

  private Sleepers(String peer, int count, Duration nap) {
    this.peer = peer;
    this.count = count;
    this.nap = nap;
  }

  /// Usage: tulip, jdk or kotlin, and how many.
  public static void main(String[] args) throws InterruptedException {
    for (int i = 0; i < WARM_UPS; i++) {
      new Sleepers(args[0], WARM_UP_COUNT, WARM_UP_NAP).measure();
    }
    var figure = new Sleepers(args[0], Integer.parseInt(args[1]), NAP).measure();
    System.out.println(figure.toJson());
  }

  private Figure measure() throws InterruptedException {
    return switch (peer) {
      case "tulip" -> tulip();
      case "jdk" -> jdk();
      case "kotlin" -> kotlin();
      default -> throw new IllegalArgumentException(peer);
    };
  }

  private Figure tulip() {
    try (var runner = Runner.open(LoopOptions.DEFAULT.withEngine(LoopOptions.Engine.CARRIER))) {
      return runner.run(() -> sleepOn(runner.loop()));
    }
  }

  private Figure sleepOn(EventLoop loop) {
    for (int i = 0; i < count; i++) {
      int number = i;
      loop.createTask(() -> {
        fellAsleep++;
        Tulip.sleep(nap);
        woke(number);
      });
    }
    Tulip.yield();
    long heap = lookAndHoldUp();
    boolean asleep = allAsleep();
    var wake = new Stopwatch();
    while (woken < count) {
      Tulip.yield();
    }
    return figure(wake, heap, asleep);
  }

  private Figure kotlin() {
    var asleep = new boolean[1];
    var heap = new long[1];
    var wake = new Stopwatch[1];
    Coroutines.sleep(
        count,
        nap.toMillis(),
        () -> fellAsleep++,
        () -> {
          heap[0] = lookAndHoldUp();
          asleep[0] = allAsleep();
          wake[0] = new Stopwatch();
        },
        this::woke);
    return figure(wake[0], heap[0], asleep[0]);
  }

  /// Measures the heap, and holds the only thread until all are due.
  private long lookAndHoldUp() {
    long end = System.nanoTime() + nap.toNanos();
    long heap = Heap.used() - before;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return heap;
  }

  /// Plain virtual threads with one carrier.
  private Figure jdk() throws InterruptedException {
    var done = new CountDownLatch(count);
    var wake = new Stopwatch[1];
    var heap = new long[1];
    var asleep = new boolean[1];
    for (int i = 0; i < count; i++) {
      int number = i;
      Thread.startVirtualThread(() -> {
        fellAsleep++;
        sleep();
        if (woken == 0) {
          wake[0] = new Stopwatch();
        }
        woke(number);
        done.countDown();
      });
    }
    Thread.startVirtualThread(() -> asleep[0] = fellAsleep == count && woken == 0).join();
    heap[0] = Heap.used() - before;
    done.await();
    return figure(wake[0], heap[0], asleep[0]);
  }

  private void sleep() {
    try {
      Thread.sleep(nap);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void woke(int number) {
    woken++;
    if (number < last) {
      misorders++;
    }
    last = number;
  }

  private boolean allAsleep() {
    return fellAsleep == count && woken == 0;
  }

  private Figure figure(Stopwatch wake, long heap, boolean asleep) {
    return wake.figure(peer, NAME, count)
        .with("count", count)
        .with("heap_bytes", (double) heap)
        .with("misorders", misorders)
        .with("asleep", asleep ? 1 : 0);
  }
}
