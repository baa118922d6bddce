// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import tulip.core.Action;
import tulip.core.Block;
import tulip.core.DeadlockPolicy;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Task;
import tulip.core.VirtualClock;
import tulip.testing.Trail;

/// What each case stands on: how it gets its loop, and what it must not leave behind.
///
/// A case either runs as a task ([#run]), which every loop can do, or makes a loop and runs it
/// itself ([#newLoop]), which takes [Capability#RUN]. Time is virtual if the case does not ask for
/// [#runReal].
///
/// A case that has passed still fails if it leaves tasks, threads or watched channels behind, or if
/// the loop's exception handler was told of an error that the case did not take with [#takeError].
///
/// The packs extend one another only so that JUnit, and whoever extends [LoopContract], sees one
/// class.
@ExtendWith({Applicability.class, CardKeeper.class})
@TestMethodOrder(Shuffled.class)
@Timeout(value = Kit.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class Kit {
  /// How long a case may take; none comes near it unless it hangs.
  static final long LIMIT_SECONDS = 10;

  private static final AtomicInteger LOOPS = new AtomicInteger();

  /// A case that runs as a task.
  @FunctionalInterface
  interface Case {
    void run(EventLoop loop) throws Exception;
  }

  /// Where the case notes what happens.
  final Trail trail = new Trail();

  private final Set<Thread> threadsBefore = new HashSet<>();
  private final List<Thread> helpers = new CopyOnWriteArrayList<>();
  private final List<EventLoop> loops = new CopyOnWriteArrayList<>();
  private final List<String> names = new CopyOnWriteArrayList<>();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final Queue<ErrorContext> errors = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> helperFailures = new ConcurrentLinkedQueue<>();
  private boolean tasksMayBeLeft;

  abstract LoopOptions options();

  abstract <T extends @Nullable Object> T run(LoopOptions options, Block<T, ?> main)
      throws Exception;

  abstract Set<Capability> capabilities();

  // The loop of a case.

  /// The loop's options with a name of its own and the real clock. It does not look for deadlocks:
  /// the look would wake a loop that nobody else wakes.
  final LoopOptions real() {
    var options = options();
    var named = options.withName(options.name() + "-" + LOOPS.incrementAndGet());
    names.add(named.name());
    return named.withInterruptible(false).withDeadlocks(DeadlockPolicy.IGNORE);
  }

  /// The same with a virtual clock.
  final LoopOptions virtual() {
    return real().withClock(VirtualClock.autojump());
  }

  /// Runs the case as a task, in virtual time.
  final void run(Case body) throws Exception {
    run(virtual(), body);
  }

  /// Runs the case as a task, in real time.
  final void runReal(Case body) throws Exception {
    run(real(), body);
  }

  final void run(LoopOptions options, Case body) throws Exception {
    run(
        options,
        () -> {
          var loop = adopt(EventLoop.current());
          body.run(loop);
          checkTasks(loop);
          return null;
        });
  }

  /// A loop in virtual time, for the case to run and for the kit to close.
  final EventLoop newLoop() {
    return newLoop(virtual());
  }

  final EventLoop newLoop(LoopOptions options) {
    return adopt(EventLoop.create(options));
  }

  /// Gives a loop of the case's own the kit's exception handler.
  final EventLoop adopt(EventLoop loop) {
    loop.setExceptionHandler(errors::add);
    loops.add(loop);
    return loop;
  }

  /// Gives all that is ready on a loop a turn.
  static void turn(EventLoop loop) {
    loop.runOnce(Duration.ZERO);
  }

  // Threads.

  /// Runs something on a plain thread, which ends with the case; its failure is the case's.
  final Thread thread(Action<?> body) {
    var thread =
        Thread.ofPlatform()
            .name("case")
            .start(() -> {
              try {
                body.run();
              } catch (Throwable t) {
                helperFailures.add(t);
              }
            });
    helpers.add(thread);
    return thread;
  }

  /// Checks that something is refused to another thread, while the caller keeps its turn.
  final void assertRefusedElsewhere(Executable body) {
    var over = new AtomicBoolean();
    thread(() -> {
      try {
        assertThrows(IllegalStateException.class, body);
      } finally {
        over.set(true);
      }
    });
    while (!over.get()) {
      Thread.onSpinWait();
    }
  }

  /// Waits for another thread; fails if that takes very long.
  static void await(CountDownLatch latch) throws InterruptedException {
    assertTrue(latch.await(LIMIT_SECONDS - 2, TimeUnit.SECONDS), "the latch was not released");
  }

  /// Waits on a plain thread until something is so; fails if that takes very long.
  static void awaitTrue(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS - 2);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not become true");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /// Has a resource closed at the end of the case.
  final <T extends AutoCloseable> T closeLater(T resource) {
    resources.push(resource);
    return resource;
  }

  /// A pipe whose ends do not block.
  final Pipe pipe() throws IOException {
    var pipe = Pipe.open();
    closeLater(pipe.source()).configureBlocking(false);
    closeLater(pipe.sink()).configureBlocking(false);
    return pipe;
  }

  /// Calls itself until the stack is used up.
  static int overflow(int depth) {
    return depth < 0 ? 0 : 1 + overflow(depth + 1);
  }

  // Errors.

  /// The one error that the exception handler was told of.
  final ErrorContext takeError() {
    var all = takeErrors();
    assertEquals(1, all.size(), () -> "errors reported: " + all);
    return all.getFirst();
  }

  /// The exception of the one error that the handler was told of.
  final Throwable takeException() {
    var exception = takeError().exception();
    assertNotNull(exception);
    return exception;
  }

  /// All errors that the exception handler was told of since the last time.
  final List<ErrorContext> takeErrors() {
    var all = new ArrayList<ErrorContext>();
    for (var error = errors.poll(); error != null; error = errors.poll()) {
      all.add(error);
    }
    return all;
  }

  /// This case leaves tasks for the end of the loop.
  final void tasksMayBeLeft() {
    tasksMayBeLeft = true;
  }

  // What a case must not leave behind.

  @BeforeEach
  final void lookBefore() {
    threadsBefore.addAll(threads());
  }

  @AfterEach
  final void lookAfter() throws Exception {
    for (var helper : helpers) {
      if (!helper.join(Duration.ofSeconds(2))) {
        fail("a thread of the case still runs: " + List.of(helper.getStackTrace()));
      }
    }
    for (var failure : helperFailures) {
      throw new AssertionError("a thread of the case failed: " + failure, failure);
    }
    for (var loop : loops) {
      end(loop);
    }
    while (!resources.isEmpty()) {
      resources.pop().close();
    }
    for (var error : errors) {
      throw new AssertionError("error not expected by the case: " + error, error.exception());
    }
    checkThreads();
  }

  private void end(EventLoop loop) {
    if (loop.isRunning()) {
      loop.callSoonThreadSafe(loop::stop); // the case hangs, and has failed by that
      return;
    }
    if (!loop.isClosed()) {
      checkTasks(loop);
      loop.poller().await(0);
      boolean watched = loop.poller().hasChannels();
      loop.close();
      assertTrue(!watched, "a channel is still watched");
    }
  }

  private void checkTasks(EventLoop loop) {
    var left = new ArrayList<Task<?>>(loop.allTasks());
    left.remove(loop.currentTask());
    assertTrue(left.isEmpty() || tasksMayBeLeft, () -> "tasks left: " + left);
  }

  private void checkThreads() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    var left = newThreads();
    while (!left.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      left = newThreads();
    }
    assertEquals(List.of(), left, "threads left");
  }

  private List<Thread> newThreads() {
    return threads().stream()
        .filter(thread -> !threadsBefore.contains(thread))
        .filter(thread -> !thread.isDaemon() || isOurs(thread.getName()))
        .filter(thread -> !thread.getName().startsWith("junit-"))
        .toList();
  }

  private boolean isOurs(String thread) {
    return names.stream().anyMatch(name -> thread.startsWith(name + "-"));
  }

  private static List<Thread> threads() {
    var group = Thread.currentThread().getThreadGroup();
    while (group != null && group.getParent() != null) {
      group = group.getParent();
    }
    var found = new Thread[Thread.activeCount() + 100];
    int count = group == null ? 0 : group.enumerate(found);
    return List.of(Arrays.copyOf(found, count));
  }
}
