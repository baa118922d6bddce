// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import tulip.core.LoopOptions.Engine;

class VirtualClockTest {
  @BothEngines
  void anHourOfTimersPassesAtOnceAndExactly(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          long begin = loop.time();
          for (int i = 0; i < 3_600; i++) {
            Tulip.sleep(ofSeconds(1));
          }
          assertEquals(ofHours(1).toNanos(), loop.time() - begin);
        });
  }

  @BothEngines
  void timeDoesNotPassWhileAJobRuns(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          long begin = loop.time();
          var go = new CountDownLatch(1);
          loop.callLater(ofHours(1), () -> {});
          var job = loop.runInExecutor(null, () -> go.await(10, TimeUnit.SECONDS));
          // the job ends only when told from outside, some iterations later
          var teller = Thread.ofPlatform().start(() -> loop.callSoonThreadSafe(go::countDown));
          assertTrue(job.await());
          teller.join();
          assertEquals(0, loop.time() - begin);
        });
  }

  @Test
  void timeDoesNotPassWhileATaskWaitsInForeignCode() throws Exception {
    OnLoop.run(
        Engine.CARRIER,
        () -> {
          var loop = EventLoop.current();
          long begin = loop.time();
          var go = new CountDownLatch(1);
          loop.callLater(ofHours(1), () -> {});
          Thread.ofPlatform().start(go::countDown);
          go.await();
          assertEquals(0, loop.time() - begin);
        });
  }

  @Test
  void aTimedWaitOfTheJdksFailsAndIsNamed() throws Exception {
    OnLoop.run(
        Engine.CARRIER,
        () -> {
          var error =
              assertThrows(
                  ForeignWaitError.class,
                  () -> {
                    try (var group = TaskGroup.open()) {
                      var task = group.start(() -> Thread.sleep(60_000));
                      task.awaitDone();
                      throw task.exception();
                    } catch (ExceptionGroup e) {
                      throw e.exceptions().getFirst();
                    }
                  });
          assertTrue(error.toString().contains("java.lang.Thread.sleep"), error.toString());
        });
  }

  @BothEngines
  void aManualClockStandsUntilItIsAdvanced(Engine engine) throws Exception {
    var clock = VirtualClock.manual();
    OnLoop.run(
        OnLoop.options(engine).withClock(clock),
        () -> {
          var trail = new ArrayList<String>();
          EventLoop.current().callLater(ofSeconds(2), () -> trail.add("two"));
          EventLoop.current().callLater(ofSeconds(1), () -> trail.add("one"));
          Tulip.yield();
          assertEquals(List.of(), trail);
          clock.advance(ofSeconds(1));
          Tulip.yield();
          Tulip.yield();
          assertEquals(List.of("one"), trail);
          clock.advance(ofSeconds(1));
          Tulip.yield();
          Tulip.yield();
          assertEquals(List.of("one", "two"), trail);
          return null;
        });
  }

  @Test
  void aClockDoesNotGoBack() {
    assertThrows(
        IllegalArgumentException.class, () -> VirtualClock.manual().advance(ofSeconds(-1)));
  }

  /// What is in a pipe is read before the clock jumps to the deadline.
  @BothEngines
  void aReadyChannelComesBeforeTheJump(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var pipe = Pipe.open();
          pipe.source().configureBlocking(false);
          var readable = loop.<String>createFuture();
          loop.addReader(pipe.source(), () -> readable.setResult("data"));
          pipe.sink().write(ByteBuffer.wrap(new byte[1]));
          assertEquals("data", Tulip.timeout(ofMillis(1), readable::await));
          loop.removeReader(pipe.source());
          var never = loop.createFuture();
          loop.addReader(pipe.source(), () -> {});
          pipe.source().read(ByteBuffer.allocate(1));
          assertThrows(
              TimeoutException.class, () -> Tulip.timeout(ofHours(1), () -> never.await()));
          loop.removeReader(pipe.source());
          pipe.source().close();
          pipe.sink().close();
        });
  }

  @BothEngines
  void aDilatedClockRunsAtItsPace(Engine engine) throws Exception {
    var clock = new DilatedClock(1_000);
    OnLoop.run(
        OnLoop.options(engine).withClock(clock),
        () -> {
          long begin = EventLoop.current().time();
          Tulip.sleep(ofSeconds(10));
          assertTrue(EventLoop.current().time() - begin >= ofSeconds(10).toNanos());
          clock.pace(1_000_000);
          Tulip.sleep(ofHours(1));
          assertEquals(1_000_000, clock.pace());
          return null;
        });
  }

  @Test
  void aPaceIsPositiveAndFinite() {
    for (double pace : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> new DilatedClock(pace));
    }
  }
}
