// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.ExceptionGroup;
import tulip.core.Future;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// Errors that nobody can catch: each way to the exception handler, and what the handler may do.
/// And what debug mode tells.
abstract class ErrorPack extends ChannelPack {
  private static final class Expected extends RuntimeException {
    private static final long serialVersionUID = 1;

    Expected(String message) {
      super(message);
    }
  }

  private static Void fail(String message) {
    throw new Expected(message);
  }

  // Ways to the handler.

  @Test
  void aFailingCallbackIsReportedWithItsHandle() throws Exception {
    run(loop -> {
      var handle = loop.callSoon(() -> fail("callback"));
      Tulip.yield();
      var error = takeError();
      assertNotNull(error.exception());
      assertEquals("callback", error.exception().getMessage());
      assertSame(handle, error.source());
      assertFalse(error.message().isEmpty());
    });
  }

  @Test
  void aFailingTimerIsReported() throws Exception {
    run(loop -> {
      var timer = loop.callLater(ofSeconds(1), () -> fail("timer"));
      Tulip.sleep(ofSeconds(2));
      var error = takeError();
      assertInstanceOf(Expected.class, error.exception());
      assertSame(timer, error.source());
    });
  }

  @Test
  void aFailingDoneCallbackIsReportedAndTheOthersRun() throws Exception {
    run(loop -> {
      var future = loop.createFuture();
      future.addDoneCallback(_ -> fail("done-callback"));
      future.addDoneCallback(_ -> trail.add("next"));
      future.setResult(1);
      Tulip.yield();
      trail.assertIs("next");
      assertEquals("done-callback", takeException().getMessage());
    });
  }

  @Test
  void anErrorIsReportedLikeAnException() throws Exception {
    run(loop -> {
      loop.callSoon(() -> {
        throw new LinkageError("expected");
      });
      Tulip.yield();
      assertInstanceOf(LinkageError.class, takeException());
    });
  }

  @Test
  void aStackOverflowIsReported() throws Exception {
    run(loop -> {
      loop.callSoon(() -> overflow(0));
      loop.callSoon(trail.mark("next"));
      Tulip.yield();
      trail.assertIs("next");
      assertInstanceOf(StackOverflowError.class, takeException());
    });
  }

  @Test
  void anOutOfMemoryErrorIsReported() throws Exception {
    run(loop -> {
      loop.callSoon(() -> {
        throw new OutOfMemoryError("expected");
      });
      loop.callSoon(trail.mark("next"));
      Tulip.yield();
      trail.assertIs("next");
      assertInstanceOf(OutOfMemoryError.class, takeException());
    });
  }

  // Failures that nobody reads.

  @Test
  void aTaskThatFailsUnseenIsReportedWhenItEnds() throws Exception {
    run(loop -> {
      startAndForget(loop);
      Tulip.yield();
      Tulip.yield();
      var error = takeError();
      assertInstanceOf(Expected.class, error.exception());
      assertTrue(error.message().contains("forgotten"), error.message());
    });
  }

  /// In a task that has ended when the forgotten one fails.
  private static void startAndForget(EventLoop loop) {
    loop.callSoon(() -> loop.createTask("forgotten", () -> fail("task")));
  }

  @Test
  void aFailureIsReportedAtTheLatestWhenItsCreatorEnds() throws Exception {
    run(loop -> {
      var creator =
          loop.createTask(() -> {
            loop.createTask(() -> fail("task"));
            loop.createFuture().setException(new Expected("future"));
            Tulip.sleep(ofSeconds(1));
            trail.add(takeErrors().size());
          });
      creator.await();
      trail.assertIs(0);
      assertEquals(2, takeErrors().size());
    });
  }

  @Test
  void aFailureThatIsReadLaterIsNotReported() throws Exception {
    run(loop -> {
      var task = loop.createTask(() -> fail("task"));
      var future = loop.createFuture();
      future.setException(new Expected("future"));
      Tulip.sleep(ofSeconds(1));
      assertThrows(Expected.class, task::await);
      assertInstanceOf(Expected.class, future.exception());
    });
  }

  @Test
  void aFailureThatIsAwaitedIsNotReported() throws Exception {
    run(loop -> {
      var future = loop.createFuture();
      loop.callSoon(() -> future.setException(new Expected("future")));
      assertThrows(Expected.class, future::await);
    });
  }

  @Test
  void aFailureThatADoneCallbackSeesIsNotReported() throws Exception {
    run(loop -> {
      var task = loop.createTask(() -> fail("task"));
      task.addDoneCallback(_ -> trail.add("seen"));
      Tulip.sleep(ofSeconds(1));
      trail.assertIs("seen");
    });
  }

  @Test
  void theFailureOfAChildIsItsGroupsAndNotReported() throws Exception {
    run(_ -> {
      var group =
          assertThrows(
              ExceptionGroup.class,
              () -> TaskGroup.run(children -> children.start(() -> fail("child"))));
      assertEquals(1, group.exceptions().size());
    });
  }

  @Test
  void aCancelledTaskIsNotReported() throws Exception {
    run(loop -> {
      var task = loop.createTask(Tulip::sleepForever);
      Tulip.yield();
      task.cancel();
      Tulip.sleep(ofSeconds(1));
      assertTrue(task.isCancelled());
    });
  }

  @Test
  @Needs(Capability.RUN)
  void aFailureThatNobodyReadIsReportedWhenTheLoopCloses() {
    var loop = newLoop();
    loop.createFuture().setException(new Expected("future"));
    assertEquals(0, takeErrors().size());
    loop.close();
    assertInstanceOf(Expected.class, takeException());
  }

  @Test
  @Needs(Capability.RUN)
  void unreadFailuresDoNotPileUp() {
    var loop = newLoop();
    var held = new ArrayList<Future<?>>();
    for (int i = 0; i < 5000; i++) {
      var future = loop.createFuture();
      held.add(future);
      future.setException(new Expected("future"));
    }
    int early = takeErrors().size();
    assertTrue(early > 0, "the oldest are reported before the loop closes");
    loop.close();
    assertEquals(held.size(), early + takeErrors().size());
  }

  // The handler.

  @Test
  void theHandlerCanBeReplacedAndTakenAway() throws Exception {
    run(loop -> {
      var before = loop.exceptionHandler();
      assertNotNull(before);
      loop.setExceptionHandler(error -> trail.add(error.message()));
      loop.callExceptionHandler(new ErrorContext("first", null, null));
      trail.assertIs("first");
      try (var log = new LogTap()) {
        loop.setExceptionHandler(null);
        assertNull(loop.exceptionHandler());
        loop.callExceptionHandler(new ErrorContext("second", new Expected("why"), null));
        trail.assertIs("first");
        assertEquals(1, log.lines().size());
        assertTrue(log.lines().getFirst().contains("second"));
        assertTrue(log.lines().getFirst().contains("why"));
      }
      loop.setExceptionHandler(before);
    });
  }

  @Test
  void theHandlerGetsWhatItsCallerSays() throws Exception {
    run(loop -> {
      var exception = new Expected("why");
      loop.callExceptionHandler(new ErrorContext("message", exception, this));
      var error = takeError();
      assertEquals("message", error.message());
      assertSame(exception, error.exception());
      assertSame(this, error.source());
    });
  }

  @Test
  void aHandlerThatFailsHasBothErrorsLogged() throws Exception {
    run(loop -> {
      var before = loop.exceptionHandler();
      try (var log = new LogTap()) {
        loop.setExceptionHandler(_ -> fail("the handler's own"));
        loop.callSoon(() -> fail("the callback's"));
        loop.callSoon(trail.mark("next"));
        Tulip.yield();
        trail.assertIs("next");
        var text = String.join("\n", log.lines());
        assertTrue(text.contains("the callback's"), text);
        assertTrue(text.contains("the handler's own"), text);
      }
      loop.setExceptionHandler(before);
    });
  }

  @Test
  void theHandlerMayUseTheLoop() throws Exception {
    run(loop -> {
      var before = loop.exceptionHandler();
      loop.setExceptionHandler(_ -> loop.callSoon(trail.mark("queued by the handler")));
      loop.callSoon(() -> fail("callback"));
      Tulip.yield();
      Tulip.yield();
      trail.assertIs("queued by the handler");
      loop.setExceptionHandler(before);
    });
  }

  @Test
  void withoutAHandlerErrorsGoToTheLog() throws Exception {
    run(loop -> {
      var before = loop.exceptionHandler();
      try (var log = new LogTap()) {
        loop.setExceptionHandler(null);
        loop.callSoon(() -> fail("to the log"));
        Tulip.yield();
        assertEquals(1, log.lines().size());
        assertTrue(log.lines().getFirst().contains("to the log"));
      }
      loop.setExceptionHandler(before);
    });
  }

  // Debug mode.

  @Test
  void debugModeLogsASlowCallback() throws Exception {
    runReal(loop -> {
      loop.setDebug(true);
      loop.setSlowCallback(ofMillis(2));
      try (var log = new LogTap()) {
        loop.callSoon(() -> spin(ofMillis(3).toNanos()));
        Tulip.yield();
        Tulip.yield();
        assertTrue(
            log.lines().stream().anyMatch(line -> line.contains("took")),
            () -> "the log: " + log.lines());
      }
    });
  }

  @Test
  void debugModeSaysNothingOfAFastCallback() throws Exception {
    runReal(loop -> {
      loop.setDebug(true);
      loop.setSlowCallback(ofMinutes(1));
      try (var log = new LogTap()) {
        loop.callSoon(() -> {});
        Tulip.yield();
        assertEquals(0, log.lines().size());
      }
    });
  }

  @Test
  void withoutDebugModeNoCallbackIsTimed() throws Exception {
    runReal(loop -> {
      loop.setSlowCallback(ofMillis(1));
      try (var log = new LogTap()) {
        loop.callSoon(() -> spin(ofMillis(2).toNanos()));
        Tulip.yield();
        assertEquals(0, log.lines().size());
      }
    });
  }

  private static void spin(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void debugModeCanBeSwitched() throws Exception {
    run(
        virtual().withDebug(true),
        loop -> {
          assertTrue(loop.isDebug());
          loop.setDebug(false);
          assertFalse(loop.isDebug());
          assertEquals(ofMillis(100), loop.slowCallback());
          loop.setSlowCallback(ofSeconds(1));
          assertEquals(ofSeconds(1), loop.slowCallback());
        });
  }
}
