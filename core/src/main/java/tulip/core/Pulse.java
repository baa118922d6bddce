// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.BlockHandler;
import tulip.core.diagnostics.BlockReport;
import tulip.core.engine.CallbackRunner;
import tulip.core.engine.ReadyQueue;
import tulip.core.watch.Watched;

/// What the watchdog sees of a loop, and whom it tells.
final class Pulse implements Watched {
  private static final System.Logger LOG = System.getLogger("tulip");

  private final EventLoop loop;
  private final CallbackRunner callbacks;

  private volatile BlockHandler handler = new Log();

  Pulse(EventLoop loop, CallbackRunner callbacks) {
    this.loop = loop;
    this.callbacks = callbacks;
  }

  void handler(@Nullable BlockHandler told) {
    handler = told == null ? new Log() : told;
  }

  @Override
  public ReadyQueue queue() {
    return loop.queue;
  }

  @Override
  public long beats() {
    return loop.beats();
  }

  @Override
  public boolean suspendsForeignWaits() {
    return loop.canPin();
  }

  @Override
  public @Nullable Object running() {
    var fiber = loop.queue.mounted();
    return fiber != null && fiber.body() instanceof Task<?> task ? task : callbacks.running();
  }

  @Override
  public String toString() {
    return loop.toString();
  }

  @Override
  public void blocked(BlockReport report) {
    FlightRecording.blocked(report);
    tell(told -> told.blocked(report));
  }

  @Override
  public void unblocked(BlockReport report, Duration whole) {
    tell(told -> told.unblocked(report, whole));
  }

  private void tell(java.util.function.Consumer<BlockHandler> event) {
    var told = handler;
    try {
      event.accept(told);
    } catch (Throwable t) {
      LOG.log(System.Logger.Level.ERROR, "exception in the block handler " + told, t);
    }
  }

  /// What tells if nobody else does.
  private static final class Log implements BlockHandler {
    @Override
    public void blocked(BlockReport report) {
      var here = new Throwable("it is here");
      here.setStackTrace(report.stack().toArray(StackTraceElement[]::new));
      LOG.log(System.Logger.Level.WARNING, report.message(), here);
    }

    @Override
    public void unblocked(BlockReport report, Duration whole) {
      LOG.log(System.Logger.Level.WARNING, report.endMessage(whole));
    }
  }
}
