// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.LoopOptions.Engine.CARRIER;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Future;
import tulip.core.LoopOptions;
import tulip.core.PinnedWaitError;
import tulip.core.Scope;
import tulip.core.Tulip;

/// A wait below a class initialiser or a native frame cannot leave the loop's thread, and would
/// hold up the loop for ever. It fails instead. On the baton each task has a thread to hold up.
class PinnedWaitTest {
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final CountDownLatch REPORTED = new CountDownLatch(1);
  private static final List<String> ANSWERS = new ArrayList<>();
  private static @Nullable Future<String> future;
  private static @Nullable PinnedWaitError problem;

  /// Sleeps when it is initialised.
  private static final class Sleeping {
    static final int VALUE = new ArrayList<>(List.of(1)).size();

    static {
      Tulip.sleep(SHORT);
    }
  }

  /// Waits for another task when it is initialised.
  private static final class Awaiting {
    static final String VALUE = future == null ? "" : future.await();
  }

  @OnEachEngine
  void aSleepInAClassInitialiser(LoopOptions options) {
    Tulip.run(
        options,
        () -> {
          if (options.engine() == CARRIER) {
            var error = assertThrows(PinnedWaitError.class, () -> assertEquals(1, Sleeping.VALUE));
            assertNames(error, Sleeping.class, "<clinit>");
          } else {
            assertEquals(1, Sleeping.VALUE);
          }
          assertGoesOn();
        });
  }

  @OnEachEngine
  void aWaitForAnotherTaskInAClassInitialiser(LoopOptions options) {
    Tulip.run(
        options,
        () -> {
          var answer = EventLoop.current().<String>createFuture();
          future = answer;
          Tulip.createTask(() -> answer.setResult("hello"));
          if (options.engine() == CARRIER) {
            var error = assertThrows(PinnedWaitError.class, () -> ANSWERS.add(Awaiting.VALUE));
            assertNames(error, Awaiting.class, "<clinit>");
            assertEquals("hello", answer.await());
          } else {
            assertEquals("hello", Awaiting.VALUE);
          }
          assertGoesOn();
        });
  }

  @OnEachEngine(jvm = "--enable-native-access=ALL-UNNAMED")
  void aSleepBelowANativeFrame(LoopOptions options) {
    Tulip.run(
        options,
        () -> {
          int[] sorted = sort(3, 1, 2);
          assertEquals("[1, 2, 3]", Arrays.toString(sorted));
          if (options.engine() == CARRIER) {
            var error = problem;
            assertTrue(error != null, "the comparator could wait");
            assertNames(error, PinnedWaitTest.class, "compare");
          } else {
            assertTrue(problem == null, () -> "the comparator could not wait: " + problem);
          }
          assertGoesOn();
        });
  }

  /// Waits in foreign code when it is initialised, until the report of just that lets it go on.
  private static final class Holding {
    static final boolean WENT_ON;

    static {
      try {
        WENT_ON = REPORTED.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @OnEachEngine(CARRIER)
  void aForeignWaitInAClassInitialiserIsReported(LoopOptions options) {
    var log = Logger.getLogger("tulip");
    log.setUseParentHandlers(false);
    log.addHandler(new Reports());
    Tulip.run(
        options,
        () -> {
          assertTrue(Holding.WENT_ON, "nobody reported that the loop was held up");
          assertGoesOn();
        });
  }

  /// Lets the held loop go when its report comes.
  private static final class Reports extends Handler {
    @Override
    public void publish(LogRecord entry) {
      if (entry.getMessage().startsWith("task main holds up event loop")) {
        REPORTED.countDown();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /// Interrupting the pinned thread must not leave a cancel request behind.
  private static void assertGoesOn() {
    var loop = EventLoop.current();
    var me = loop.currentTask();
    assertTrue(me != null && me.cancelling() == 0, "the task was cancelled");
    assertTrue(!Scope.current().isCancelled(), "its scope was cancelled");
    assertTrue(!Thread.currentThread().isInterrupted(), "its thread is still interrupted");
    Tulip.sleep(SHORT);
    assertEquals("done", Tulip.createTask(() -> "done").await());
  }

  private static void assertNames(PinnedWaitError error, Class<?> type, String method) {
    var frames = List.of(error.getStackTrace());
    assertTrue(
        frames.stream()
            .anyMatch(it ->
                it.getClassName().equals(type.getName()) && it.getMethodName().equals(method)),
        frames::toString);
    assertTrue(error.toString().contains("task main"), error::toString);
  }

  /// By the C library's `qsort`, whose comparator sleeps the first time.
  @SuppressWarnings("restricted")
  private static int[] sort(int... values) {
    var linker = Linker.nativeLinker();
    try (var arena = Arena.ofConfined()) {
      var qsort =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("qsort"),
              FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS));
      var ints = ADDRESS.withTargetLayout(JAVA_INT);
      var comparator =
          linker.upcallStub(
              MethodHandles.lookup()
                  .findStatic(
                      PinnedWaitTest.class,
                      "compare",
                      MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class)),
              FunctionDescriptor.of(JAVA_INT, ints, ints),
              arena);
      var array = arena.allocateFrom(JAVA_INT, values);
      qsort.invokeExact(array, (long) values.length, JAVA_INT.byteSize(), comparator);
      return array.toArray(JAVA_INT);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /// An exception that left this method would end the JVM.
  @SuppressWarnings({"UnusedMethod", "StaticAssignmentOfThrowable"}) // called from C
  private static int compare(MemorySegment one, MemorySegment other) {
    if (ANSWERS.isEmpty()) {
      ANSWERS.add("compared");
      try {
        Tulip.sleep(SHORT);
      } catch (PinnedWaitError e) {
        problem = e;
      }
    }
    return Integer.compare(one.get(JAVA_INT, 0), other.get(JAVA_INT, 0));
  }
}
