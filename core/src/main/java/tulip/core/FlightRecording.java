// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import tulip.core.diagnostics.BlockReport;
import tulip.core.jfr.LoopBlocked;

/// The way to the JDK's flight recorder, if this JVM has one: its module may be missing.
///
/// A loop has a [FlightLog] while a recording wants the events of its tasks, so that they cost
/// nothing otherwise.
final class FlightRecording {
  private static final boolean PRESENT =
      ModuleLayer.boot()
          .findModule("jdk.jfr")
          .filter(EventLoop.class.getModule()::canRead)
          .isPresent();

  private FlightRecording() {}

  /// The loop runs. On its thread.
  static void follow(EventLoop loop) {
    if (PRESENT) {
      Recordings.LOOPS.add(loop);
      Recordings.adapt(loop);
    }
  }

  /// The loop runs no more.
  static void leave(EventLoop loop) {
    if (PRESENT) {
      Recordings.LOOPS.remove(loop);
    }
  }

  /// A loop stands still. Any thread.
  static void blocked(BlockReport report) {
    if (PRESENT) {
      LoopBlocked.write(report);
    }
  }

  /// Looks whenever a recording begins or ends. A class of its own, since it cannot be loaded
  /// without the recorder's module.
  private static final class Recordings implements FlightRecorderListener {
    static final Set<EventLoop> LOOPS = ConcurrentHashMap.newKeySet();
    private static volatile boolean wanted;

    static {
      FlightRecorder.addListener(new Recordings());
      wanted = FlightRecorder.isInitialized() && FlightLog.isWanted();
    }

    static void adapt(EventLoop loop) {
      if (wanted != (loop.flight != null)) {
        loop.flight = wanted ? new FlightLog(loop) : null;
      }
    }

    @Override
    public void recordingStateChanged(Recording recording) {
      wanted = FlightLog.isWanted();
      LOOPS.forEach(loop -> loop.tryCallSoonThreadSafe(() -> adapt(loop)));
    }
  }
}
