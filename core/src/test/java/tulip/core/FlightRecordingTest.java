// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.diagnostics.BlockReport;
import tulip.core.diagnostics.BlockVerdict;

/// What a real recording of the JDK's flight recorder says.
class FlightRecordingTest {
  @TempDir Path folder;

  private static void enable(Recording recording, Duration threshold) {
    recording.enable("tulip.TaskStart");
    recording.enable("tulip.TaskWait").withThreshold(threshold);
    recording.enable("tulip.TaskEnd");
  }

  private List<RecordedEvent> read(Recording recording) throws IOException {
    recording.stop();
    var file = folder.resolve("recording.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("tulip."))
        .sorted((a, b) -> a.getEndTime().compareTo(b.getEndTime()))
        .collect(toList());
  }

  private static String describe(RecordedEvent event) {
    var type = event.getEventType().getName().substring("tulip.".length());
    var extra =
        switch (type) {
          case "TaskWait" -> " for " + event.getString("waitsFor");
          case "TaskEnd" -> " " + event.getString("outcome");
          default -> "";
        };
    return event.getString("task") + " " + type + extra;
  }

  @BothEngines
  void theLifeOfATask(LoopOptions.Engine engine) throws Exception {
    try (var recording = new Recording()) {
      enable(recording, Duration.ZERO);
      recording.start();
      OnLoop.run(
          engine,
          () -> {
            try (var group = TaskGroup.open()) {
              group.start("child", EventLoop.callable(() -> Tulip.sleep(ofSeconds(1))));
              group.start("lazy", EventLoop.callable(Tulip::sleepForever));
              Tulip.sleep(ofSeconds(2));
            }
          });
      var events = read(recording);
      var child =
          events.stream()
              .filter(event -> "child".equals(event.getString("task")))
              .map(FlightRecordingTest::describe)
              .toList();
      assertEquals(
          List.of("child TaskStart", "child TaskWait for sleep", "child TaskEnd finished"), child);
      assertTrue(
          events.stream().anyMatch(event -> describe(event).equals("lazy TaskEnd cancelled")));
      for (var event : events) {
        assertTrue(event.getString("loop").startsWith("event loop tulip"));
        assertTrue(event.getLong("taskId") > 0);
        assertTrue(
            event.getStackTrace().getFrames().stream()
                .anyMatch(frame -> frame.getMethod().getType().getName().startsWith("tulip.")));
      }
    }
  }

  @BothEngines
  void whatIsShorterThanTheThresholdIsNotWritten(LoopOptions.Engine engine) throws Exception {
    try (var recording = new Recording()) {
      enable(recording, Duration.ofDays(1));
      recording.start();
      OnLoop.run(engine, () -> Tulip.sleep(ofSeconds(1)));
      assertEquals(
          List.of("main TaskStart", "main TaskEnd finished"),
          read(recording).stream().map(FlightRecordingTest::describe).toList());
    }
  }

  @BothEngines
  void aRecordingThatBeginsAndEndsWhileTheLoopRuns(LoopOptions.Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          assertNull(loop.flight);
          try (var recording = new Recording()) {
            enable(recording, Duration.ZERO);
            recording.start();
            Tulip.yield();
            Tulip.yield();
            assertNotNull(loop.flight);
            recording.stop();
          }
          Tulip.yield();
          Tulip.yield();
          assertNull(loop.flight);
        });
  }

  @BothEngines
  void aRecordingThatDoesNotAskForTasksCostsNothing(LoopOptions.Engine engine) throws Exception {
    try (var recording = new Recording()) {
      recording.start();
      OnLoop.run(engine, () -> assertNull(EventLoop.current().flight));
      assertEquals(List.of(), read(recording));
    }
  }

  @BothEngines
  void aBlockedLoop(LoopOptions.Engine engine) throws Exception {
    try (var recording = new Recording()) {
      recording.start();
      var frame = new StackTraceElement("Program", "work", "Program.java", 12);
      var loop = EventLoop.create(OnLoop.options(engine));
      try (loop) {
        loop.setBlockHandler(_ -> {});
        loop.pulse.blocked(
            new BlockReport(
                loop.toString(),
                "task main",
                ofMillis(212),
                new BlockVerdict.Computing(frame),
                List.of(frame),
                0));
      }
      var events = read(recording);
      assertEquals(1, events.size());
      var event = events.getFirst();
      assertEquals("tulip.LoopBlocked", event.getEventType().getName());
      assertEquals(loop.toString(), event.getString("loop"));
      assertEquals("task main", event.getString("running"));
      assertEquals(ofMillis(212), event.getDuration("blockedFor"));
      assertEquals("Computing", event.getString("verdict"));
      assertEquals("computes at Program.work(Program.java:12)", event.getString("text"));
      assertEquals("Program.work(Program.java:12)", event.getString("stack"));
      assertFalse(event.hasField("stackTrace") && event.getStackTrace() != null);
    }
  }
}
