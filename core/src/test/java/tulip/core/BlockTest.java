// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tulip.core.diagnostics.BlockHandler;
import tulip.core.diagnostics.BlockReport;
import tulip.core.diagnostics.BlockVerdict;
import tulip.core.watch.Blocker;
import tulip.core.watch.Watch;

/// Loops that stand still for real, under a watch whose clock is turned by hand.
class BlockTest implements BlockHandler {
  private final List<BlockReport> reports = new ArrayList<>();
  private final List<Duration> ends = new ArrayList<>();
  private final Blocker blocker = new Blocker();

  @Override
  public void blocked(BlockReport report) {
    reports.add(report);
  }

  @Override
  public void unblocked(BlockReport report, Duration whole) {
    ends.add(whole);
  }

  /// Runs a piece that blocks the loop, has a watch look at it, and lets it go.
  private BlockReport reportOf(LoopOptions.Engine engine, Action<Exception> piece)
      throws Exception {
    var options = OnLoop.options(engine).withBlockThreshold(Duration.ZERO);
    try (var runner = Runner.open(options)) {
      runner.loop().setBlockHandler(this);
      var watch = new Watch(runner.loop().pulse, ofMillis(200));
      var done = runner.loop().submit(EventLoop.callable(piece));
      blocker.awaitBegin();
      long now = 0;
      while (reports.isEmpty()) {
        watch.look(now += ofMillis(50).toNanos());
      }
      for (int i = 0; i < 100; i++) {
        watch.look(now += ofMillis(50).toNanos());
      }
      assertEquals(1, reports.size());
      assertEquals(0, ends.size());
      blocker.release();
      done.join();
      watch.look(now + ofMillis(50).toNanos());
      assertEquals(1, reports.size());
      assertEquals(1, ends.size());
      assertTrue(ends.getFirst().compareTo(ofMillis(5_200)) >= 0, () -> "lasted " + ends);
      return reports.getFirst();
    }
  }

  private static void assertAt(String method, @Nullable StackTraceElement frame) {
    assertNotNull(frame);
    assertEquals(Blocker.class.getName(), frame.getClassName());
    assertEquals(method, frame.getMethodName());
  }

  @BothEngines
  void aTaskThatComputes(LoopOptions.Engine engine) throws Exception {
    var report =
        reportOf(
            engine,
            () -> {
              try (var group = TaskGroup.open()) {
                group.start("miner", EventLoop.callable(blocker::compute));
                group.join();
              }
            });
    assertEquals("task miner", report.running());
    assertAt("compute", assertInstanceOf(BlockVerdict.Computing.class, report.verdict()).frame());
    assertTrue(
        report.message().startsWith("task miner holds up event loop tulip"), report::message);
  }

  @BothEngines
  void aCallbackThatComputes(LoopOptions.Engine engine) throws Exception {
    var report =
        reportOf(
            engine,
            () -> {
              var loop = EventLoop.current();
              var after = loop.<String>createFuture();
              loop.callSoon(blocker::compute);
              loop.callSoon(() -> after.setResult("after"));
              after.await();
            });
    assertTrue(report.running().startsWith("callback "), report::running);
    assertAt("compute", assertInstanceOf(BlockVerdict.Computing.class, report.verdict()).frame());
  }

  @Test
  void aForeignWaitOnTheBaton() throws Exception {
    var report = reportOf(LoopOptions.Engine.BATON, blocker::waitOutside);
    assertAt(
        "waitOutside", assertInstanceOf(BlockVerdict.ForeignWait.class, report.verdict()).frame());
  }

  @Test
  void aForeignWaitOnTheCarrierBlocksNobody() throws Exception {
    var options = OnLoop.options(LoopOptions.Engine.CARRIER).withBlockThreshold(Duration.ZERO);
    try (var runner = Runner.open(options)) {
      var loop = runner.loop();
      loop.setBlockHandler(this);
      var watch = new Watch(loop.pulse, ofMillis(200));
      var done = loop.submit(EventLoop.callable(blocker::waitOutside));
      blocker.awaitBegin();
      while (!loop.queue.isAsleep()) {
        Thread.onSpinWait();
      }
      for (int i = 1; i < 100; i++) {
        watch.look(i * ofMillis(50).toNanos());
      }
      assertEquals(List.of(), reports);
      blocker.release();
      done.join();
    }
  }

  @Test
  void aThreadThatIsNoTask() throws Exception {
    var report =
        reportOf(
            LoopOptions.Engine.CARRIER, () -> Thread.startVirtualThread(blocker::compute).join());
    assertEquals("what is neither task nor callback", report.running());
    assertInstanceOf(BlockVerdict.Computing.class, report.verdict());
  }
}
