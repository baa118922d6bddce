// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.it.ChildJvm;

/// The flight recorder from the command line, and a JVM that has none.
class FlightRecorderTest {
  @TempDir Path folder;

  /// Sleeps, more than once as the first event of a kind takes its time, and says whether there is
  /// a flight recorder, and a management interface.
  static final class Program {
    public static void main(String[] arguments) {
      Tulip.run(() -> {
        for (int i = 0; i < 3; i++) {
          Tulip.sleep(Duration.ofMillis(50));
        }
        System.out.println(EventLoop.current().engine());
      });
      var layer = ModuleLayer.boot();
      System.out.println(layer.findModule("jdk.jfr").isPresent());
      System.out.println(layer.findModule("java.management").isPresent());
    }
  }

  @Test
  void aRecordingAsksForEventsOfTasks() throws Exception {
    var file = folder.resolve("recording.jfr");
    var run =
        ChildJvm.withFlag()
            .options(
                "-XX:StartFlightRecording:filename="
                    + file
                    + ",+tulip.TaskStart#enabled=true,+tulip.TaskWait#enabled=true"
                    + ",+tulip.TaskWait#threshold=1ms,+tulip.TaskEnd#enabled=true")
            .run(Program.class);
    assertEquals(0, run.status(), run::err);
    var events =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().startsWith("tulip."))
            .toList();
    assertTrue(
        events.stream()
            .anyMatch(event ->
                event.getEventType().getName().equals("tulip.TaskWait")
                    && event.getString("task").equals("main")
                    && event.getString("waitsFor").equals("sleep")),
        events::toString);
    assertTrue(
        events.stream().anyMatch(event -> event.getEventType().getName().equals("tulip.TaskEnd")),
        events::toString);
  }

  @Test
  void aRecordingThatDoesNotAskGetsNone() throws Exception {
    var file = folder.resolve("recording.jfr");
    var run =
        ChildJvm.withFlag().options("-XX:StartFlightRecording:filename=" + file).run(Program.class);
    assertEquals(0, run.status(), run::err);
    assertTrue(
        RecordingFile.readAllEvents(file).stream()
            .noneMatch(event -> event.getEventType().getName().startsWith("tulip.")));
  }

  @Test
  void aJvmWithoutTheModules() throws Exception {
    var run =
        ChildJvm.withFlag()
            .options("--limit-modules", "java.base,java.logging,jdk.unsupported,tulip.core")
            .run(Program.class);
    assertEquals("carrier\nfalse\nfalse\n", run.out(), run::err);
    assertEquals(0, run.status(), run::err);
  }
}
