// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import tulip.core.LoopOptions.Engine;
import tulip.core.diagnostics.DeadlockReport;
import tulip.core.diagnostics.DeadlockReport.Verdict;
import tulip.core.sync.Event;
import tulip.core.sync.Lock;

class DeadlockTest {
  private static final DeadlockPolicy SOON = DeadlockPolicy.FAIL.after(ofMillis(5));

  private static LoopOptions failing(Engine engine) {
    return OnLoop.options(engine).withDeadlocks(SOON);
  }

  private static LoopOptions reporting(Engine engine) {
    return OnLoop.options(engine).withDeadlocks(DeadlockPolicy.REPORT.after(ofMillis(5)));
  }

  private static void lockEachOther() {
    var one = new Lock();
    var two = new Lock();
    try (var group = TaskGroup.open()) {
      group.start("a", () -> lockBoth(one, two));
      group.start("b", () -> lockBoth(two, one));
      group.join();
    }
  }

  private static void lockBoth(Lock first, Lock second) {
    first.run(() -> {
      Tulip.yield();
      second.run(() -> {});
    });
  }

  @BothEngines
  void tasksThatWaitForEachOtherFailTheMainTask(Engine engine) {
    var error =
        assertThrows(
            DeadlockError.class,
            () ->
                OnLoop.run(failing(engine), EventLoop.callable(DeadlockTest::lockEachOther)::call));
    assertEquals(Verdict.DEADLOCKED, error.report().verdict());
    assertEquals(1, error.report().awaits().cycles().size());
    var text = String.valueOf(error.getMessage());
    assertTrue(text.startsWith("deadlocked unless another thread helps: "), text);
    assertTrue(text.contains("2 tasks wait for each other:\n  a waits for lock held by b"), text);
    assertTrue(text.contains("DeadlockTest.lockBoth"), text);
  }

  @Test
  void underTheVirtualClockThatIsTheDefault() {
    assertEquals(DeadlockPolicy.FAIL, DeadlockPolicy.fitting(VirtualClock.autojump()));
    assertEquals(DeadlockPolicy.REPORT, DeadlockPolicy.fitting(new SystemClock()));
    var event = new Event();
    assertThrows(DeadlockError.class, () -> OnLoop.run(Engine.BATON, event::await));
  }

  /// The shutdown ends it all the same.
  @BothEngines
  void aDeadlockBehindAShieldFailsToo(Engine engine) {
    var event = new Event();
    var errors = new ArrayList<ErrorContext>();
    assertThrows(
        DeadlockError.class,
        () ->
            OnLoop.run(
                failing(engine).withGrace(ofMillis(20)),
                errors,
                () ->
                    Tulip.<Object, RuntimeException>shield(() -> {
                      event.await();
                      return "";
                    })));
    assertFalse(errors.isEmpty()); // the task did not give way
  }

  @BothEngines
  void theLoopServesTheNextMainTask(Engine engine) throws Exception {
    try (var runner = Runner.open(failing(engine))) {
      var event = new Event();
      assertThrows(DeadlockError.class, () -> runner.run(event::await));
      assertThrows(DeadlockError.class, () -> runner.run(DeadlockTest::lockEachOther));
      assertEquals(
          3,
          runner.<Integer, RuntimeException>run(() -> {
            Tulip.sleep(ofHours(1));
            return 3;
          }));
    }
  }

  @BothEngines
  void itIsReportedOnceIfThatIsWanted(Engine engine) throws Exception {
    var errors = new ArrayList<ErrorContext>();
    var event = new Event();
    var told = new CountDownLatch(1);
    try (var runner = Runner.open(reporting(engine))) {
      var loop = runner.loop();
      loop.callSoonThreadSafe(() ->
          loop.setExceptionHandler(error -> {
            errors.add(error);
            told.countDown();
          }));
      var helper =
          Thread.ofPlatform()
              .start(() -> {
                awaitUnchecked(told);
                loop.callSoonThreadSafe(event::set);
              });
      runner.run(() -> {
        event.await();
        event.clear();
        try (var group = TaskGroup.open()) {
          group.start(event::await);
          Tulip.sleep(ofHours(1));
          event.set();
        }
      });
      helper.join();
    }
    assertEquals(1, errors.size());
    assertTrue(errors.getFirst().message().contains("main waits for event that is not set"));
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The thread calls once at the beginning, and again only when the loop has long been quiet.
  @BothEngines
  void aLoopThatAnotherThreadHasCalledIsLeftAlone(Engine engine) throws Exception {
    var called = new Event();
    var event = new Event();
    try (var runner = Runner.open(failing(engine))) {
      var begun = new CountDownLatch(1);
      var helper =
          Thread.ofPlatform()
              .start(() -> {
                awaitUnchecked(begun);
                runner.loop().callSoonThreadSafe(called::set);
                for (int i = 0; i < 20; i++) {
                  runner.loop().snapshot(ofSeconds(10)); // looking is no help
                  LockSupport.parkNanos(ofMillis(1).toNanos());
                }
                runner.loop().callSoonThreadSafe(event::set);
              });
      runner.run(() -> {
        begun.countDown();
        event.await();
        assertTrue(called.isSet());
      });
      helper.join();
    }
  }

  @BothEngines
  void whoWaitsForTheOutsideWorldIsLeftAlone(Engine engine) throws Exception {
    var stage = new CompletableFuture<Integer>();
    try (var runner = Runner.open(failing(engine))) {
      var loop = runner.loop();
      var helper = new CompletableFuture<DeadlockReport>();
      Thread.ofPlatform()
          .start(() -> {
            DeadlockReport report = loop.snapshot(ofSeconds(10)).deadlocks();
            for (int i = 0; i < 20 || report.verdict() == Verdict.ALIVE; i++) {
              LockSupport.parkNanos(ofMillis(1).toNanos());
              report = loop.snapshot(ofSeconds(10)).deadlocks();
            }
            helper.complete(report);
            stage.complete(7);
          });
      assertEquals(7, runner.<Integer, RuntimeException>run(() -> Tulip.await(stage)));
      var report = helper.get();
      assertEquals(Verdict.OUTSIDE, report.verdict());
      assertEquals(
          List.of("main waits for future pending of a completion stage"), report.outside());
    }
  }

  @BothEngines
  void timersChannelsAndJobsAreHope(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var event = new Event();
          var go = new CountDownLatch(1);
          var seen = new ArrayList<DeadlockReport>();
          var looker = loop.createTask("looker", event::await);
          Tulip.yield();
          var job = loop.runInExecutor(null, () -> go.await(10, TimeUnit.SECONDS));
          seen.add(atRest(loop));
          assertEquals(Verdict.OUTSIDE, seen.getFirst().verdict());
          assertEquals(List.of("jobs in executors: 1"), seen.getFirst().outside());
          go.countDown();
          job.await();
          var pipe = Pipe.open();
          pipe.source().configureBlocking(false);
          loop.addReader(pipe.source(), () -> {});
          var withChannel = atRest(loop);
          assertEquals(Verdict.OUTSIDE, withChannel.verdict());
          assertEquals(List.of("channels that are watched"), withChannel.outside());
          var timer = loop.callLater(ofHours(1), () -> {});
          assertEquals(Verdict.ALIVE, atRest(loop).verdict());
          timer.cancel();
          loop.removeReader(pipe.source());
          pipe.source().close();
          pipe.sink().close();
          assertEquals(Verdict.DEADLOCKED, atRest(loop).verdict());
          event.set();
          looker.await();
        });
  }

  /// What another thread sees while this task waits for it; it must not be seen itself as ready.
  private static DeadlockReport atRest(EventLoop loop) {
    var future = loop.<DeadlockReport>createFuture();
    loop.callSoon(() -> loop.callSoon(() -> future.setResult(loop.snapshot().deadlocks())));
    return future.await();
  }

  @Test
  void aTaskInForeignCodeIsHope() throws Exception {
    OnLoop.run(
        Engine.CARRIER,
        () -> {
          var go = new CountDownLatch(1);
          var foreign = EventLoop.current().createTask("foreign", () -> go.await());
          Tulip.yield();
          var report = atRest(EventLoop.current());
          assertEquals(Verdict.OUTSIDE, report.verdict());
          assertEquals(List.of("waits in foreign code: 1"), report.outside());
          go.countDown();
          foreign.await();
        });
  }

  @BothEngines
  void aLoopThatSomethingGoesOnIsAlive(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var report = loop.snapshot().deadlocks();
          assertEquals(Verdict.ALIVE, report.verdict());
          assertTrue(report.toString().startsWith("alive: 1 ready\n"));
        });
  }

  @Test
  void patienceIsNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> DeadlockPolicy.FAIL.after(ofSeconds(-1)));
  }
}
