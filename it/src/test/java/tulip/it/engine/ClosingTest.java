// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.LoopOptions.Engine.BATON;
import static tulip.core.LoopOptions.Engine.CARRIER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.LoopClosedException;
import tulip.core.LoopOptions;
import tulip.core.Tulip;
import tulip.it.ChildJvm;

/// The end of a loop: who waits then is not lost, and takes nobody along.
class ClosingTest {
  private final LinkedBlockingQueue<String> ends = new LinkedBlockingQueue<>();

  /// Runs in a task: what follows a foreign wait.
  private void waitAndTell(ForeignWait foreign) throws Exception {
    try {
      foreign.waiting().run();
      Tulip.sleep(Duration.ofMillis(1));
      ends.add(foreign.name() + " slept on a closed loop");
    } catch (LoopClosedException e) {
      ends.add(foreign.name());
    }
  }

  private Set<String> ends(int count) throws InterruptedException {
    var all = new TreeSet<String>();
    for (int i = 0; i < count; i++) {
      all.add(Patience.take(ends));
    }
    return all;
  }

  /// The JVM's executor contract is cruel: a resumption that is refused loses its thread.
  @OnEachEngine(CARRIER)
  void wakingATaskOfAClosedLoopNeitherThrowsNorLosesIt(LoopOptions options) throws Exception {
    var waits = ForeignWait.all();
    var loop = EventLoop.create(options);
    for (var foreign : waits) {
      loop.createTask(() -> waitAndTell(foreign));
    }
    loop.runOnce(Duration.ZERO);
    assertTrue(loop.allTasks().stream().allMatch(task -> task.isWaitingOutside()));
    loop.close();
    for (var foreign : waits) {
      foreign.waking().run();
    }
    var names = new TreeSet<>(waits.stream().map(ForeignWait::name).toList());
    assertEquals(names, ends(waits.size()));
  }

  @OnEachEngine
  void aTaskThatSleepsOnAClosedLoopUnwinds(LoopOptions options) throws Exception {
    var loop = EventLoop.create(options);
    for (int i = 0; i < 100; i++) {
      var foreign = new ForeignWait("sleeper " + i, Tulip::sleepForever, () -> {});
      loop.createTask(() -> waitAndTell(foreign));
    }
    loop.runOnce(Duration.ZERO);
    loop.close();
    assertEquals(100, ends(100).size());
  }

  /// An exception in the JVM's thread that unblocks monitors would end it, for everybody.
  @OnEachEngine
  void bystandersStillGetTheirMonitors(LoopOptions options) throws Exception {
    var late = ForeignWait.monitor();
    if (options.engine() == CARRIER) {
      var loop = EventLoop.create(options);
      loop.createTask(() -> waitAndTell(late));
      loop.runOnce(Duration.ZERO);
      loop.close();
      late.waking().run();
      assertEquals(Set.of("monitor"), ends(1));
    }
    contendForAMonitor();
    var contest = ForeignWait.monitor();
    var waiting = new CountDownLatch(1);
    var runner =
        new Thread(() -> {
          Tulip.run(
              options,
              () -> {
                waiting.countDown();
                try {
                  contest.waiting().run();
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
        });
    runner.start();
    Patience.await(waiting);
    contest.waking().run();
    Patience.join(runner);
  }

  private static void contendForAMonitor() throws Exception {
    var contest = ForeignWait.monitor();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 3; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  contest.waiting().run();
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              }));
    }
    Patience.until(() -> threads.stream().allMatch(it -> it.getState() == Thread.State.BLOCKED));
    contest.waking().run();
    for (var thread : threads) {
      Patience.join(thread);
    }
  }

  @OnEachEngine
  void aClosedLoopRefusesAtTheCaller(LoopOptions options) {
    var loop = EventLoop.create(options);
    loop.close();
    loop.close();
    List<Runnable> calls =
        List.of(
            () -> loop.createTask(() -> "task"),
            () -> loop.callSoon(() -> {}),
            () -> loop.callSoonThreadSafe(() -> {}),
            () -> loop.callLater(Duration.ZERO, () -> {}),
            () -> loop.execute(() -> {}),
            () -> assertNull(loop.submit(() -> "task")),
            () -> loop.runInExecutor(null, () -> "job"),
            loop::createFuture,
            loop::runForever);
    for (var call : calls) {
      assertThrows(LoopClosedException.class, call::run);
    }
  }

  @OnEachEngine
  void theEndOfARunGivesEveryTaskItsFinally(LoopOptions options) throws Exception {
    var pair = ForeignWait.SocketPair.open();
    boolean foreign = options.engine() == CARRIER; // on the baton the read would hold up the loop
    Tulip.run(
        options,
        () -> {
          for (int i = 0; i < 100; i++) {
            Tulip.createTask(() -> endingWith("sleeper", Tulip::sleepForever));
          }
          if (foreign) {
            Tulip.createTask(() -> endingWith("reader", () -> pair.one().getInputStream().read()));
            Tulip.createTask(() -> endingWith("sleeper outside", () -> Thread.sleep(60_000)));
          }
          Tulip.yield();
          Tulip.yield();
        });
    assertEquals(foreign ? 102 : 100, ends.size());
    assertEquals(
        foreign ? Set.of("sleeper", "reader", "sleeper outside") : Set.of("sleeper"),
        Set.copyOf(ends));
  }

  private void endingWith(String name, tulip.core.Action<Exception> wait) throws Exception {
    try {
      wait.run();
    } finally {
      ends.add(name);
    }
  }

  /// A lock cannot be interrupted: the loop ends without its waiter, which unwinds much later.
  @OnEachEngine(CARRIER)
  void whoCannotBeInterruptedIsLeftBehindAndUnwindsLater(LoopOptions options) throws Exception {
    var lock = ForeignWait.lock();
    Tulip.run(
        options.withGrace(Duration.ofMillis(200)),
        () -> {
          Tulip.createTask(() -> waitAndTell(lock));
          Tulip.yield();
        });
    assertTrue(ends.isEmpty());
    lock.waking().run();
    assertEquals(Set.of("lock"), ends(1));
  }

  @OnEachEngine
  void aTaskThatSwallowsItsCancellationIsLeftBehind(LoopOptions options) {
    Tulip.run(
        options.withGrace(Duration.ofMillis(200)),
        () -> {
          Tulip.createTask(() -> {
            while (true) {
              try {
                Tulip.sleepForever();
              } catch (Cancelled | LoopClosedException e) {
                ends.offer("swallowed");
              }
            }
          });
          Tulip.yield();
        });
    assertTrue(ends.contains("swallowed"));
  }

  /// On the baton the task in `System.exit` would keep the turn that the hook waits for.
  @Test
  void aShutdownHookMayUseTheLoopOfTheTaskThatExits() throws Exception {
    var run = ChildJvm.withFlag().run(Exiting.class);
    assertEquals(new ChildJvm.Run(3, "carrier\nthe loop answers\n", ""), run);
  }

  static final class Exiting {
    public static void main(String[] arguments) {
      Tulip.run(() -> {
        var loop = EventLoop.current();
        System.out.println(loop.engine());
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(() -> System.out.println(loop.submit(() -> "the loop answers").join())));
        System.exit(3);
      });
    }
  }

  @Test
  void exitInATaskEndsTheProcessOnTheBatonToo() throws Exception {
    var run = ChildJvm.withoutFlag().run(PlainExit.class);
    assertEquals(3, run.status(), run::err);
    assertEquals(BATON.name() + "\n", run.out());
  }

  static final class PlainExit {
    public static void main(String[] arguments) {
      Tulip.run(
          LoopOptions.DEFAULT.withEngine(BATON),
          () -> {
            System.out.println(EventLoop.current().options().engine());
            System.exit(3);
          });
    }
  }
}
