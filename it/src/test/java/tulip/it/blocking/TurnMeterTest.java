// SPDX-License-Identifier: Apache-2.0
package tulip.it.blocking;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import tulip.core.EventLoop;
import tulip.core.Tulip;

/// The meter sees what holds up the loop, and nothing else.
class TurnMeterTest {
  private static final Duration LONG = Duration.ofMillis(60);

  /// Waits in a class initialiser, below which no virtual thread leaves its carrier.
  private static final class Pinned {
    static final long NANOS = LONG.toNanos();

    static {
      LockSupport.parkNanos(NANOS);
    }

    static void use() {}
  }

  @Test
  void aWaitThatKeepsTheTurnIsSeen() throws Exception {
    var meter = new TurnMeter();
    Trial.run(() -> {
      EventLoop.current().addInstrument(meter);
      Tulip.yield();
      Pinned.use();
      Tulip.yield();
      long longest = meter.takeLongest();
      assertTrue(longest >= LONG.toMillis() / 2, longest + " ms");
    });
  }

  @Test
  void aWaitThatGivesItBackIsNot() throws Exception {
    var meter = new TurnMeter();
    Trial.run(() -> {
      EventLoop.current().addInstrument(meter);
      Tulip.yield();
      LockSupport.parkNanos(LONG.toNanos() * 10);
      Tulip.sleep(LONG.multipliedBy(10));
      Tulip.yield();
      long longest = meter.takeLongest();
      assertTrue(longest < LONG.toMillis() * 10, longest + " ms");
    });
  }
}
