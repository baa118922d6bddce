// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import tulip.core.LoopOptions.Engine;

/// [EventLoop#awaitIdle]: the wait for a moment when nothing else is ready.
class IdleTest {
  private static final Duration NONE = Duration.ZERO;

  private static void awaitIdle() {
    EventLoop.current().awaitIdle(NONE);
  }

  private static Duration now() {
    return Duration.ofNanos(EventLoop.current().time());
  }

  @BothEngines
  void othersGoOnUntilTheyWait(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var turns = new ArrayList<Integer>();
          var other =
              Tulip.createTask(() -> {
                for (int i = 0; i < 5; i++) {
                  turns.add(i);
                  Tulip.yield();
                }
                Tulip.sleep(Duration.ofSeconds(1));
                turns.add(99);
              });
          awaitIdle();
          assertEquals(List.of(0, 1, 2, 3, 4), turns);
          assertEquals(NONE, now());
          other.await();
        });
  }

  @BothEngines
  void inRealTimeTooNobodyIsWaitedFor(Engine engine) throws Exception {
    var real = LoopOptions.DEFAULT.withEngine(engine).withInterruptible(false);
    OnLoop.run(
        real,
        () -> {
          var other = Tulip.createTask(() -> Tulip.sleep(Duration.ofHours(1)));
          awaitIdle();
          assertFalse(other.isDone());
          EventLoop.current().awaitIdle(Duration.ofMillis(2));
          return other.cancel();
        });
  }

  @BothEngines
  void aTimerThatIsDueComesFirst(Engine engine) throws Exception {
    var clock = VirtualClock.manual();
    OnLoop.run(
        OnLoop.options(engine).withClock(clock),
        () -> {
          var loop = EventLoop.current();
          var fired = new ArrayList<String>();
          loop.callLater(Duration.ofSeconds(1), () -> fired.add("due"));
          loop.callLater(Duration.ofSeconds(2), () -> fired.add("not due"));
          awaitIdle();
          assertEquals(List.of(), fired);
          clock.advance(Duration.ofSeconds(1));
          awaitIdle();
          assertEquals(List.of("due"), fired);
          return null;
        });
  }

  @BothEngines
  void aCushionIsARestWithoutInterruption(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var other =
              Tulip.createTask(() -> {
                Tulip.sleep(Duration.ofSeconds(2));
                Tulip.sleep(Duration.ofSeconds(2));
                Tulip.sleep(Duration.ofSeconds(5));
              });
          EventLoop.current().awaitIdle(Duration.ofSeconds(3));
          assertEquals(Duration.ofSeconds(7), now());
          other.await();
          assertEquals(Duration.ofSeconds(9), now());
        });
  }

  @BothEngines
  void severalMayWaitTheShorterCushionFirst(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var order = new ArrayList<String>();
          try (var group = TaskGroup.open()) {
            for (int seconds : new int[] {2, 0, 1, 0}) {
              group.start(() -> {
                EventLoop.current().awaitIdle(Duration.ofSeconds(seconds));
                order.add(seconds + "s at " + now().toSeconds());
              });
            }
            group.join();
          }
          assertEquals(List.of("0s at 0", "0s at 0", "1s at 1", "2s at 3"), order);
        });
  }

  @BothEngines
  void aCancelledWaitLeavesNothing(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertFalse(
              Tulip.moveOnAfter(
                  Duration.ofSeconds(1), () -> EventLoop.current().awaitIdle(Duration.ofHours(1))));
          assertEquals(Duration.ofSeconds(1), now());
          Tulip.sleep(Duration.ofHours(2));
          assertEquals(Duration.ofHours(2).plusSeconds(1), now());
        });
  }

  @BothEngines
  void aJobInAnotherThreadIsNotWaitedFor(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var release = new CountDownLatch(1);
          var job = Tulip.createTask(() -> Tulip.blocking(() -> release.await()));
          awaitIdle();
          assertFalse(job.isDone());
          release.countDown();
          job.await();
        });
  }

  @BothEngines
  void aChannelThatIsReadyComesFirst(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var pipe = openPipe();
          var loop = EventLoop.current();
          var read = new ArrayList<Integer>();
          loop.addReader(
              pipe.source(),
              () -> {
                loop.removeReader(pipe.source());
                read.add(1);
              });
          pipe.sink().write(ByteBuffer.wrap(new byte[1]));
          awaitIdle();
          assertEquals(List.of(1), read);
          pipe.source().close();
          pipe.sink().close();
        });
  }

  private static Pipe openPipe() throws IOException {
    var pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    return pipe;
  }

  @BothEngines
  void aPumpedLoopIsIdleToo(Engine engine) {
    try (var loop = EventLoop.create(LoopOptions.DEFAULT.withEngine(engine))) {
      var other = loop.createTask(Tulip::sleepForever);
      var waiter = loop.createTask(() -> loop.awaitIdle(NONE));
      for (int i = 0; i < 5; i++) {
        loop.pump(Duration.ofMillis(1));
      }
      assertTrue(waiter.isDone());
      other.cancel();
      loop.pump(Duration.ofMillis(1));
    }
  }

  @Test
  void aCushionIsNotNegative() throws Exception {
    OnLoop.run(
        Engine.BATON,
        () -> {
          var loop = EventLoop.current();
          assertThrows(IllegalArgumentException.class, () -> loop.awaitIdle(Duration.ofNanos(-1)));
        });
  }

  @Test
  void aGuestIsIdleBetweenItsTicks() throws Exception {
    var host = new java.util.concurrent.LinkedBlockingQueue<Runnable>();
    CompletableFuture<String> result =
        Tulip.runAsGuest(
            host::add,
            LoopOptions.DEFAULT.withEngine(Engine.BATON),
            () -> {
              var other = Tulip.createTask(Tulip::sleepForever);
              EventLoop.current().awaitIdle(Duration.ofMillis(2));
              other.cancel();
              return "idle";
            });
    while (!result.isDone()) {
      host.take().run();
    }
    assertEquals("idle", result.get());
  }
}
