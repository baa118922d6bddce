// SPDX-License-Identifier: Apache-2.0
package tulip.core.watch;

import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the watchdog makes of a heartbeat; its clock is turned by hand.
class WatchTest {
  private final FakeLoop loop = new FakeLoop();
  private Watch watch = new Watch(loop, ofMillis(200));
  private long now = -7_000_000_000L;

  /// Looks once each 50 ms.
  private void looks(int count) {
    for (int i = 0; i < count; i++) {
      now += ofMillis(50).toNanos();
      watch.look(now);
    }
  }

  @Test
  void aBlockIsReportedOnceWhenTheThresholdIsReached() {
    looks(4);
    assertEquals(List.of(), loop.reports);
    looks(1);
    assertEquals(1, loop.reports.size());
    var report = loop.reports.getFirst();
    assertEquals("event loop fake", report.loop());
    assertEquals("task main", report.running());
    assertEquals(ofMillis(200), report.lasted());
    looks(100);
    assertEquals(1, loop.reports.size());
    assertEquals(List.of(), loop.ends);
  }

  @Test
  void itsEndIsToldWithTheWholeDuration() {
    looks(11);
    loop.beats++;
    looks(2);
    assertEquals(1, loop.reports.size());
    assertEquals(List.of(ofMillis(500)), loop.ends);
  }

  @Test
  void theEndIsToldWhenTheLoopStops() {
    looks(11);
    loop.queue.disown();
    assertFalse(watch.look(now));
    assertEquals(List.of(ofMillis(500)), loop.ends);
  }

  @Test
  void aLoopThatBeatsIsNotReported() {
    for (int i = 0; i < 100; i++) {
      looks(4);
      loop.beats++;
    }
    assertEquals(List.of(), loop.reports);
  }

  @Test
  void callbacksOfOneRowAreBeats() {
    for (int i = 0; i < 100; i++) {
      looks(4);
      loop.running = "callback " + i;
    }
    assertEquals(List.of(), loop.reports);
    looks(5);
    assertEquals("callback 99", loop.reports.getFirst().running());
  }

  @Test
  void aLoopThatSleepsIsNotReported() {
    assertTrue(loop.queue.fallAsleep());
    looks(100);
    assertEquals(List.of(), loop.reports);
    loop.queue.awake();
    looks(4);
    assertEquals(1, loop.reports.size());
  }

  @Test
  void aLoopThatDoesNotRunIsNotReported() {
    loop.queue.disown();
    looks(100);
    assertEquals(List.of(), loop.reports);
  }

  @Test
  void timeInWhichTheWholeProcessStoodStillDoesNotCount() {
    looks(1);
    now += Duration.ofHours(8).toNanos();
    looks(1);
    assertEquals(List.of(), loop.reports);
    looks(2);
    assertEquals(ofMillis(200), loop.reports.getFirst().lasted());
  }

  @Test
  void blocksThatComeTooFastAreCounted() {
    for (int i = 0; i < 3; i++) {
      looks(5);
      loop.beats++;
    }
    looks(1);
    assertEquals(1, loop.reports.size());
    loop.beats++;
    looks(25);
    assertEquals(2, loop.reports.size());
    assertEquals(0, loop.reports.get(0).unreported());
    assertEquals(2, loop.reports.get(1).unreported());
    assertTrue(
        loop.reports.get(1).message().contains("2 blocks before this were not reported"),
        () -> loop.reports.get(1).message());
  }

  @Test
  void aLongBlockSoonAfterAReportIsReportedASecondAfterIt() {
    looks(5);
    loop.beats++;
    looks(19);
    assertEquals(1, loop.reports.size());
    looks(1);
    assertEquals(2, loop.reports.size());
    assertEquals(0, loop.reports.get(1).unreported());
  }

  @Test
  void zeroIsNever() {
    watch = new Watch(loop, Duration.ZERO);
    looks(10_000);
    assertEquals(List.of(), loop.reports);
  }

  @Test
  void itLooksFourTimesInTheThresholdButNotTooOften() {
    assertEquals(ofMillis(50).toNanos(), watch.period());
    assertEquals(ofMillis(10).toNanos(), new Watch(loop, ofMillis(40)).period());
    assertEquals(ofMillis(1).toNanos(), new Watch(loop, Duration.ofNanos(1)).period());
    assertEquals(ofMillis(50).toNanos(), new Watch(loop, Duration.ofDays(1)).period());
    assertEquals(ofMillis(50).toNanos(), new Watch(loop, Duration.ZERO).period());
  }
}
