// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.EventLoop;
import tulip.core.LoopClosedException;
import tulip.core.LoopOptions;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// A loop that lives in a host which can only run something on its one thread soon.
class GuestTest {
  private static final Duration SHORT = Duration.ofMillis(5);

  private final ExecutorService host =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("host").factory());
  private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();

  private <T extends @Nullable Object> CompletableFuture<T> start(
      LoopOptions options, Block<T, ?> main) {
    return Tulip.runAsGuest(host::execute, options, main);
  }

  private static <T extends @Nullable Object> T get(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  @OnEachEngine
  void tasksRunByTurnsWithTheHost(LoopOptions options) throws Exception {
    var ended = new CountDownLatch(1);
    var hostRuns = new AtomicInteger();
    var answer =
        start(
            options,
            () -> {
              var loop = EventLoop.current();
              assertSame(loop, Task.current().loop());
              var ticks = new AtomicInteger();
              try (var group = TaskGroup.open()) {
                for (int i = 0; i < 3; i++) {
                  group.start(() -> {
                    for (int round = 0; round < 20; round++) {
                      Tulip.sleep(Duration.ofMillis(1));
                      ticks.incrementAndGet();
                    }
                  });
                }
                group.join();
              }
              return loop.engine() + " " + ticks;
            });
    host.execute(
        new Runnable() {
          @Override
          public void run() {
            hostRuns.incrementAndGet();
            if (ended.getCount() > 0) {
              host.execute(this);
            }
          }
        });
    assertEquals(options.engine().name().toLowerCase(java.util.Locale.ROOT) + " 60", get(answer));
    ended.countDown();
    assertTrue(hostRuns.get() > 1);
  }

  @OnEachEngine
  void onHostRunsOnTheHostsThreadProper(LoopOptions options) throws Exception {
    var name =
        start(
            options,
            () -> {
              assertFalse(Thread.currentThread().getName().equals("host"));
              assertThrows(
                  java.io.IOException.class,
                  () ->
                      Tulip.onHost(() -> {
                        throw new java.io.IOException("from the host");
                      }));
              return Tulip.<String, RuntimeException>onHost(() -> Thread.currentThread().getName());
            });
    assertEquals("host", get(name));
  }

  /// What a modal dialog does: it runs the host's loop inside, until it is closed.
  @OnEachEngine
  void theOthersGoOnWhileAPieceRunsTheHostsLoop(LoopOptions options) throws Exception {
    var queue = new LinkedBlockingQueue<Runnable>();
    var hostThread = Thread.ofPlatform().daemon().start(() -> runAll(queue, () -> true));
    var closed = new AtomicInteger();
    var ticks =
        Tulip.<Integer>runAsGuest(
            queue::add,
            options,
            () -> {
              var count = new AtomicInteger();
              var ticker =
                  Tulip.createTask(() -> {
                    while (count.incrementAndGet() < 10) {
                      Tulip.sleep(Duration.ofMillis(2));
                    }
                    queue.add(closed::incrementAndGet);
                  });
              Tulip.onHost(() -> runAll(queue, () -> closed.get() == 0));
              assertTrue(ticker.isDone());
              return count.get();
            });
    assertEquals(10, get(ticks));
    assertTrue(hostThread.isAlive());
  }

  /// The waiter sits in the selector then, which is locked meanwhile.
  @OnEachEngine
  void theOpenerGoesOnWhileTheWaiterHasTheSelector(LoopOptions options) throws Exception {
    var pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    var queue = new LinkedBlockingQueue<Runnable>();
    Thread.ofPlatform().daemon().start(() -> runAll(queue, () -> true));
    var turns =
        Tulip.<Integer>runAsGuest(
            queue::add,
            options,
            () -> {
              EventLoop.current().addReader(pipe.source(), () -> {});
              for (int i = 0; i < 5; i++) {
                Tulip.sleep(
                    SHORT); // a tick of its own each: the first is slow and takes all its time
                Tulip.onHost(() -> {
                  queue.take().run(); // the next tick, which leaves the poller to the waiter
                  Patience.burn(1);
                });
              }
              int count = 0;
              while (count < 100) {
                Tulip.yield();
                count++;
              }
              return count;
            });
    assertEquals(100, get(turns));
  }

  private static void runAll(
      LinkedBlockingQueue<Runnable> queue, java.util.function.BooleanSupplier more) {
    try {
      while (more.getAsBoolean()) {
        queue.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @OnEachEngine
  void wakeUpsFromOtherThreadsArrive(LoopOptions options) throws Exception {
    var pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    var started = new CompletableFuture<EventLoop>();
    var answer =
        start(
            options,
            () -> {
              var loop = EventLoop.current();
              var readable = loop.<String>createFuture();
              loop.addReader(
                  pipe.source(),
                  () -> {
                    loop.removeReader(pipe.source());
                    readable.setResult("readable");
                  });
              started.complete(loop);
              return readable.await();
            });
    var loop = get(started);
    for (int i = 0; i < 50; i++) {
      int number = i;
      assertEquals(number, get(loop.submit(() -> number)));
    }
    assertFalse(answer.isDone());
    pipe.sink().write(ByteBuffer.allocate(1));
    assertEquals("readable", get(answer));
    assertThrows(LoopClosedException.class, () -> loop.callSoonThreadSafe(() -> {}));
  }

  /// A timer that a task sets is news for who waits on the poller already.
  @OnEachEngine
  void aTimerThatTheHostSetsIsNotMissed(LoopOptions options) throws Exception {
    var started = new CompletableFuture<EventLoop>();
    var answer =
        start(
            options,
            () -> {
              var loop = EventLoop.current();
              var future = loop.<String>createFuture();
              started.complete(loop);
              var _ =
                  loop.submit(() -> {
                    Tulip.sleep(SHORT);
                    future.setResult("in time");
                    return "";
                  });
              return future.await();
            });
    assertEquals("in time", get(answer));
    assertTrue(get(started).isClosed());
  }

  @OnEachEngine
  void cancellingTheFutureEndsTheLoopInOrder(LoopOptions options) throws Exception {
    var started = new CompletableFuture<EventLoop>();
    var answer =
        start(
            options,
            () -> {
              Tulip.createTask(() -> {
                try {
                  Tulip.sleepForever();
                } finally {
                  events.add("other");
                }
              });
              Tulip.yield();
              started.complete(EventLoop.current());
              try {
                Tulip.sleepForever();
              } finally {
                Tulip.shield(() -> Tulip.sleep(SHORT));
                events.add("main");
              }
              return "never";
            });
    var loop = get(started);
    assertTrue(answer.cancel(true));
    assertThrows(CancellationException.class, answer::join);
    Patience.until(loop::isClosed);
    assertEquals(List.of("main", "other"), List.copyOf(events));
    assertEquals(
        "the host lives", get(CompletableFuture.supplyAsync(() -> "the host lives", host)));
  }

  @OnEachEngine
  void aFailureOfMainIsTheFutures(LoopOptions options) {
    var failing =
        start(
            options,
            () -> {
              Tulip.sleep(SHORT);
              throw new java.io.IOException("no");
            });
    var problem = assertThrows(ExecutionException.class, () -> get(failing));
    assertInstanceOf(java.io.IOException.class, problem.getCause());
  }

  @OnEachEngine
  void anIdleGuestCostsNothing(LoopOptions options) throws Exception {
    var started = new CompletableFuture<EventLoop>();
    var answer =
        start(
            options,
            () -> {
              started.complete(EventLoop.current());
              Tulip.sleepForever();
              return "";
            });
    get(started);
    Thread.sleep(300);
    assertIdle(1_000);
    answer.cancel(true);
  }

  /// A generous bound: a loop that spins takes all.
  static void assertIdle(long millis) throws InterruptedException {
    var system =
        (com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    Thread.sleep(millis);
    long took = TimeUnit.NANOSECONDS.toMillis(system.getProcessCpuTime() - before);
    assertTrue(took < millis / 2, () -> took + " ms of processor time in " + millis + " ms");
  }

  /// The carrier cannot live on a virtual thread.
  @OnEachEngine
  void aVirtualHostGetsTheBaton(LoopOptions options) throws Exception {
    var virtual = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    var auto = options.withEngine(LoopOptions.Engine.AUTO);
    var engine =
        Tulip.<String>runAsGuest(
            virtual::execute,
            auto,
            () -> {
              Tulip.sleep(SHORT);
              return EventLoop.current().engine();
            });
    assertEquals("baton", get(engine));
  }

  /// Frames of a game: a few milliseconds each for the loop, the rest for the game.
  @OnEachEngine
  void aPumpedLoopKeepsOrderAndLosesNothing(LoopOptions options) {
    int tasks = 40;
    int rounds = 25;
    var budget = Duration.ofMillis(2);
    var order = new ArrayList<Integer>();
    var histogram = new int[20];
    int frames = 0;
    try (var loop = EventLoop.create(options)) {
      for (int i = 0; i < tasks; i++) {
        int number = i;
        loop.createTask(() -> {
          for (int round = 0; round < rounds; round++) {
            order.add(number);
            Patience.burn(number % 8 == 0 ? 1 : 0);
            Tulip.yield();
          }
        });
      }
      while (loop.taskCount() > 0) {
        long begin = System.nanoTime();
        boolean more = loop.pump(budget);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        histogram[(int) Math.min(millis, histogram.length - 1)]++;
        frames++;
        assertEquals(more, loop.taskCount() > 0);
      }
      assertFalse(loop.pump(budget));
    }
    System.out.println("milliseconds a frame: " + java.util.Arrays.toString(histogram));
    assertTrue(frames > 10, "the budget was not kept: " + frames + " frames");
    var expected = IntStream.range(0, tasks * rounds).mapToObj(turn -> turn % tasks).toList();
    assertEquals(expected, order);
  }

  @OnEachEngine
  void aLoopRunsOnceAtATime(LoopOptions options) {
    var order = new StringBuilder();
    try (var loop = EventLoop.create(options)) {
      loop.callSoon(() -> order.append('a'));
      loop.createTask(() -> {
        order.append('b');
        Tulip.yield();
        order.append('c');
      });
      loop.runOnce(Duration.ZERO);
      assertEquals("ab", order.toString());
      loop.runOnce(Duration.ZERO);
      assertEquals("abc", order.toString());
      loop.callLater(SHORT, () -> order.append('d'));
      loop.runOnce(Duration.ofSeconds(20));
      assertEquals("abcd", order.toString());
      new Thread(() -> loop.callSoonThreadSafe(() -> order.append('e'))).start();
      loop.runOnce(Duration.ofSeconds(20));
      assertEquals("abcde", order.toString());
      long begin = loop.time();
      loop.runOnce(SHORT);
      assertTrue(loop.time() - begin >= SHORT.toNanos());
    }
  }
}
