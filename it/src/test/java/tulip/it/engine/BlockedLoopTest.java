// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Tulip;
import tulip.core.diagnostics.BlockHandler;
import tulip.core.diagnostics.BlockReport;
import tulip.core.diagnostics.BlockVerdict;

/// The watchdog at work, in real time.
class BlockedLoopTest {
  private static final int MILLIS = 300;

  /// Keeps what it is told.
  private static final class Handler implements BlockHandler {
    final List<BlockReport> reports = new CopyOnWriteArrayList<>();
    final List<Duration> ends = new CopyOnWriteArrayList<>();

    @Override
    public void blocked(BlockReport report) {
      reports.add(report);
    }

    @Override
    public void unblocked(BlockReport report, Duration whole) {
      ends.add(whole);
    }
  }

  @OnEachEngine
  void aCallbackThatBlocksIsReportedOnceWithItsFrame(LoopOptions options) {
    var handler = new Handler();
    Tulip.run(
        options,
        () -> {
          var loop = EventLoop.current();
          loop.setBlockHandler(handler);
          loop.callSoon(() -> {
            Patience.burn(MILLIS);
            while (handler.reports.isEmpty()) {
              Patience.burn(
                  MILLIS); // the watchdog was given too little of the processor to blame us
            }
          });
          while (handler.ends.isEmpty()) {
            Tulip.sleep(Duration.ofMillis(10));
          }
        });
    assertEquals(1, handler.reports.size(), handler.reports::toString);
    assertEquals(1, handler.ends.size());
    var report = handler.reports.getFirst();
    assertTrue(report.running().startsWith("callback "), report::running);
    assertTrue(report.lasted().toMillis() >= 200, report::message);
    var frame = assertInstanceOf(BlockVerdict.Computing.class, report.verdict()).frame();
    assertNotNull(frame);
    assertEquals(Patience.class.getName(), frame.getClassName());
    assertTrue(
        report.stack().stream()
            .anyMatch(it -> it.getClassName().equals(BlockedLoopTest.class.getName())),
        () -> report.stack().toString());
  }

  @OnEachEngine
  void aLoopThatIsBusyButGoesRoundIsNotReported(LoopOptions options) {
    var handler = new Handler();
    Tulip.run(
        options,
        () -> {
          EventLoop.current().setBlockHandler(handler);
          for (int i = 0; i < 50; i++) {
            Patience.burn(10);
            Tulip.yield();
          }
        });
    assertEquals(List.of(), handler.reports);
  }
}
