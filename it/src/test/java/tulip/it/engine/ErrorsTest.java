// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.LoopOptions.Engine.CARRIER;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.PinnedWaitError;
import tulip.core.Runner;
import tulip.core.Tulip;

/// Whatever is thrown in a loop is told to somebody, and the loop goes on.
class ErrorsTest {
  private final LinkedBlockingQueue<ErrorContext> reports = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();

  @SuppressWarnings("UnusedVariable") // it keeps the memory
  private volatile @Nullable List<Object> memory;

  /// No exception that anybody expects.
  private static final class Odd extends Error {
    private static final long serialVersionUID = 1;
  }

  private void assertGoesOn(EventLoop loop) {
    assertEquals("answer", loop.submit(() -> "answer").join());
    loop.callSoonThreadSafe(() -> events.add("callback"));
    Patience.until(() -> events.contains("callback"));
    events.clear();
  }

  private void keep(ErrorContext report) {
    System.err.println(report);
    reports.add(report);
  }

  private Throwable reported() throws InterruptedException {
    var thrown = Patience.take(reports).exception();
    if (thrown == null) {
      throw new AssertionError("no exception was reported");
    }
    return thrown;
  }

  private Runner open(LoopOptions options) {
    var runner = Runner.open(options);
    var loop = runner.loop();
    loop.callSoonThreadSafe(() -> loop.setExceptionHandler(this::keep));
    return runner;
  }

  @OnEachEngine(jvm = "-Xmx32m")
  void anErrorInACallbackIsReported(LoopOptions options) throws Exception {
    try (var runner = open(options)) {
      var loop = runner.loop();
      var odd = new Odd();
      loop.callSoonThreadSafe(() -> {
        throw odd;
      });
      assertSame(odd, reported());
      loop.callSoonThreadSafe(() ->
          loop.callLater(
              Duration.ZERO,
              () -> {
                throw odd;
              }));
      assertSame(odd, reported());
      loop.callSoonThreadSafe(() -> {
        var future = loop.<String>createFuture();
        future.addDoneCallback(_ -> {
          throw odd;
        });
        future.setResult("done");
      });
      assertSame(odd, reported());
      loop.callSoonThreadSafe(() -> overflow(1));
      assertInstanceOf(StackOverflowError.class, reported());
      loop.callSoonThreadSafe(() -> fill(new ArrayList<>(List.of("")), 1 << 16));
      assertInstanceOf(OutOfMemoryError.class, reported());
      assertGoesOn(loop);
    }
    assertTrue(reports.isEmpty(), reports::toString);
  }

  @OnEachEngine
  void anErrorInAReaderIsReported(LoopOptions options) throws Exception {
    var pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    try (var runner = open(options)) {
      var loop = runner.loop();
      runner.run(() ->
          loop.addReader(
              pipe.source(),
              () -> {
                loop.removeReader(pipe.source());
                throw new Odd();
              }));
      pipe.sink().write(ByteBuffer.wrap(new byte[1]));
      assertInstanceOf(Odd.class, reported());
      assertGoesOn(loop);
    }
  }

  @OnEachEngine(jvm = "-Xmx32m")
  void anErrorInATaskIsItsFailure(LoopOptions options) throws Exception {
    try (var runner = open(options)) {
      var odd = new Odd();
      assertSame(
          odd,
          assertThrows(
              Odd.class,
              () ->
                  runner.run(() -> {
                    Tulip.createTask(
                            () -> {
                              throw odd;
                            })
                        .await();
                  })));
      assertThrows(StackOverflowError.class, () -> runner.run(() -> overflow(1)));
      assertThrows(
          OutOfMemoryError.class,
          () -> runner.run(() -> fill(new ArrayList<>(List.of("")), 1 << 16)));
      assertGoesOn(runner.loop());
    }
    assertTrue(reports.isEmpty(), reports::toString);
  }

  @OnEachEngine
  void anErrorInATaskThatNobodyAwaitsIsReported(LoopOptions options) throws Exception {
    try (var runner = open(options)) {
      for (int i = 0; i < 3; i++) {
        runner
            .loop()
            .callSoonThreadSafe(() ->
                runner
                    .loop()
                    .createTask(() -> {
                      throw new Odd();
                    }));
        assertInstanceOf(Odd.class, reported());
      }
      assertGoesOn(runner.loop());
    }
  }

  @OnEachEngine
  void anErrorInTheExceptionHandlerHurtsNobody(LoopOptions options) {
    try (var runner = Runner.open(options)) {
      var loop = runner.loop();
      loop.callSoonThreadSafe(() ->
          loop.setExceptionHandler(_ -> {
            events.add("told");
            throw new Odd();
          }));
      loop.callSoonThreadSafe(() -> {
        throw new Odd();
      });
      Patience.until(() -> events.contains("told"));
      assertGoesOn(loop);
    }
  }

  private static int overflow(int depth) {
    return depth == 0 ? 0 : overflow(depth + 1) + 1;
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int depth() {
    try {
      return depth() + 1;
    } catch (StackOverflowError e) {
      return 1;
    }
  }

  /// A task's stack is its carrier's.
  @OnEachEngine(CARRIER)
  void theStackSizeBoundsTheDepthOfTasks(LoopOptions options) {
    int small = Tulip.run(options.withStackSize(512 << 10), ErrorsTest::depth);
    int big = Tulip.run(options.withStackSize(32 << 20), ErrorsTest::depth);
    assertTrue(big > 8 * small, () -> small + " and " + big);
  }

  /// Recursion may end anywhere, also in our own methods.
  @OnEachEngine
  void aStackOverflowInsideTheLoopsOwnMethodsHurtsNobody(LoopOptions options) {
    try (var runner = open(options.withStackSize(512 << 10))) {
      var loop = runner.loop();
      runner.run(() -> {
        for (int i = 0; i < 50; i++) {
          var called = new int[1];
          int calls = callAtEveryDepth(loop, called, 0);
          while (called[0] < calls) {
            Tulip.yield();
          }
        }
      });
      assertGoesOn(loop);
    }
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int callAtEveryDepth(EventLoop loop, int[] called, int calls) {
    try {
      loop.callSoon(() -> called[0]++);
      loop.callLater(Duration.ofNanos(1), () -> called[0]++).cancel();
      return callAtEveryDepth(loop, called, calls + 1);
    } catch (StackOverflowError e) {
      return Math.max(0, calls - 1); // the last call may have failed
    }
  }

  /// Without memory a task cannot leave its carrier: its wait is pinned. That is found out as soon
  /// as there is memory to look at it.
  @OnEachEngine(
      value = CARRIER,
      jvm = {"-Xmx32m", "-XX:-UseTLAB"})
  void aWaitWithoutMemoryIsNotForEver(LoopOptions options) {
    try (var runner = open(options)) {
      var end = runner.run(this::waitWithoutMemory);
      assertEquals("pinned", end);
      assertGoesOn(runner.loop());
    }
  }

  private String waitWithoutMemory() {
    var never = EventLoop.current().<String>createFuture();
    var filled = new CountDownLatch(1);
    Thread.ofPlatform().start(() -> freeMemoryAfter(filled));
    fillField();
    filled.countDown();
    try {
      return never.await();
    } catch (PinnedWaitError e) {
      return "pinned";
    }
  }

  private void fillField() {
    var all = new ArrayList<Object>();
    all.add(all);
    memory = all;
    try {
      fill(all, 1);
    } catch (OutOfMemoryError e) {
      // as it should be
    }
  }

  private void freeMemoryAfter(CountDownLatch filled) {
    while (filled.getCount() > 0) {
      Thread.onSpinWait();
    }
    long end = System.nanoTime() + 1_000_000_000L;
    while (System.nanoTime() < end) {
      Thread.onSpinWait(); // the watchdog looks meanwhile, ten times
    }
    memory = null;
  }

  /// Takes all memory but what is smaller than `least` references.
  private static void fill(List<Object> all, int least) {
    int size = 1 << 18;
    Object[] chain = new Object[1];
    while (true) {
      try {
        var link = new Object[size];
        link[0] = chain;
        chain = link;
      } catch (OutOfMemoryError e) {
        if (size <= least) {
          throw e;
        }
        size /= 2;
      }
      all.set(0, chain);
    }
  }
}
