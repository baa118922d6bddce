// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tulip.core.LoopClosedException;
import tulip.core.Tulip;

/// Closing a loop: what is dropped, refused and unwound then.
@Needs(Capability.RUN)
abstract class ClosePack extends LifecyclePack {
  // Closing.

  @Test
  void closingTwiceIsClosingOnce() {
    var loop = newLoop();
    assertFalse(loop.isClosed());
    loop.close();
    assertTrue(loop.isClosed());
    loop.close();
    assertTrue(loop.isClosed());
  }

  @Test
  void aRunningLoopCannotBeClosed() {
    var loop = newLoop();
    loop.callSoon(() -> {
      assertThrows(IllegalStateException.class, loop::close);
      trail.add("refused");
      loop.stop();
    });
    loop.runForever();
    trail.assertIs("refused");
    assertFalse(loop.isClosed());
  }

  @Test
  void closingDropsCallbacksAndTimers() {
    var loop = newLoop();
    var callback = loop.callSoon(trail.mark("callback"));
    var timer = loop.callLater(ofSeconds(0), trail.mark("timer"));
    loop.close();
    callback.cancel();
    timer.cancel();
    trail.assertIs();
  }

  @Test
  void aClosedLoopRefusesTheRestToo() throws IOException {
    var loop = newLoop();
    var pair = pipe();
    loop.close();
    Executable[] operations = {
      () -> loop.execute(() -> {}),
      () -> loop.submit(() -> 1).get(),
      () -> loop.runOnce(Duration.ZERO),
      () -> loop.pump(Duration.ZERO),
      () -> loop.createTask("name", () -> 1),
      () -> loop.createTask(() -> trail.add("task")),
      () -> loop.wrap(new CompletableFuture<>()),
      () -> loop.addReader(pair.source(), () -> {}),
      () -> loop.addWriter(pair.sink(), () -> {})
    };
    for (var operation : operations) {
      assertThrows(LoopClosedException.class, operation);
    }
    trail.assertIs();
  }

  @Test
  void aTaskThatOutlivesItsLoopUnwinds() throws Exception {
    tasksMayBeLeft();
    var loop = newLoop();
    var unwound = new CompletableFuture<Throwable>();
    loop.createTask(() -> unwinds(Tulip::sleepForever, unwound));
    turn(loop);
    loop.close();
    assertInstanceOf(LoopClosedException.class, unwound.get());
  }

  @Test
  @Needs(Capability.FOREIGN_WAITS)
  void aForeignWaitThatOutlivesItsLoopUnwinds() throws Exception {
    tasksMayBeLeft();
    var loop = newLoop();
    var foreign = new CompletableFuture<String>();
    var unwound = new CompletableFuture<Throwable>();
    loop.createTask(() -> {
      trail.add(foreign.get());
      unwinds(Tulip::sleepForever, unwound);
    });
    turn(loop);
    loop.close();
    assertTrue(foreign.complete("late"));
    assertInstanceOf(LoopClosedException.class, unwound.get());
    trail.assertIs("late");
  }

  /// The exception of a wait; swallowed, so that the task does not fail and is not reported.
  private static void unwinds(Runnable wait, CompletableFuture<Throwable> unwound) {
    try {
      wait.run();
      unwound.completeExceptionally(new AssertionError("the wait ended without an exception"));
    } catch (Throwable t) {
      unwound.complete(t);
    }
  }
}
