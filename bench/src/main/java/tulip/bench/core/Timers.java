// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import tulip.bench.Figure;
import tulip.bench.Stopwatch;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Runner;
import tulip.core.TimerHandle;
import tulip.core.Tulip;

/// Sets very many timers, cancels them all, and looks at what they leave behind: a process of its
/// own.
///
/// The figure is what setting and cancelling one costs.
final class Timers {
  static final String NAME = "timers";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int WARM_UP_COUNT = 100_000;
  private static final int ITERATIONS = 200_000;

  private Timers() {}

  /// Usage: tulip or jdk, and how many.
  public static void main(String[] args) throws InterruptedException {
    measure(args[0], WARM_UP_COUNT);
    System.out.println(measure(args[0], Integer.parseInt(args[1])).toJson());
  }

  private static Figure measure(String peer, int count) throws InterruptedException {
    var figure =
        switch (peer) {
          case "tulip" -> tulip(count);
          case "jdk" -> jdk(count);
          default -> throw new IllegalArgumentException(peer);
        };
    return figure.with("count", count);
  }

  private static Figure tulip(int count) {
    try (var runner = Runner.open(LoopOptions.DEFAULT.withEngine(LoopOptions.Engine.CARRIER))) {
      return runner.run(() -> measure(runner.loop(), count));
    }
  }

  private static Figure measure(EventLoop loop, int count) {
    double iterationBefore = iteration();
    long before = Heap.used();
    var figure = setAndCancel(loop, count);
    Tulip.yield();
    long left = Heap.used() - before;
    return withLeftovers(figure, left, iterationBefore, iteration());
  }

  private static Figure setAndCancel(EventLoop loop, int count) {
    var watch = new Stopwatch();
    var timers = new TimerHandle[count];
    for (int i = 0; i < count; i++) {
      timers[i] = loop.callLater(HOUR, Timers::mustNotRun);
    }
    for (var timer : timers) {
      timer.cancel();
    }
    return watch.figure("tulip", NAME, count);
  }

  private static double iteration() {
    var watch = new Stopwatch();
    for (int i = 0; i < ITERATIONS; i++) {
      Tulip.yield();
    }
    return watch.wall(ITERATIONS);
  }

  private static Figure jdk(int count) throws InterruptedException {
    try (var executor = new ScheduledThreadPoolExecutor(1)) {
      executor.setRemoveOnCancelPolicy(true);
      double iterationBefore = iteration(executor);
      long before = Heap.used();
      var figure = setAndCancel(executor, count);
      long left = Heap.used() - before;
      return withLeftovers(figure, left, iterationBefore, iteration(executor));
    }
  }

  private static Figure setAndCancel(ScheduledExecutorService executor, int count) {
    var watch = new Stopwatch();
    var timers = new Future<?>[count];
    for (int i = 0; i < count; i++) {
      timers[i] = executor.schedule(Timers::mustNotRun, HOUR.toNanos(), TimeUnit.NANOSECONDS);
    }
    for (var timer : timers) {
      timer.cancel(false);
    }
    return watch.figure("jdk", NAME, count);
  }

  private static double iteration(Executor executor) throws InterruptedException {
    var done = new CountDownLatch(1);
    var watch = new Stopwatch();
    chain(executor, ITERATIONS, done);
    done.await();
    return watch.wall(ITERATIONS);
  }

  private static void chain(Executor executor, int left, CountDownLatch done) {
    if (left == 0) {
      done.countDown();
    } else {
      executor.execute(() -> chain(executor, left - 1, done));
    }
  }

  private static Figure withLeftovers(Figure figure, long left, double before, double after) {
    return figure
        .with("left_bytes", (double) left)
        .with("iteration_before", before)
        .with("iteration_after", after);
  }

  private static void mustNotRun() {
    throw new AssertionError("a cancelled timer fired");
  }
}
