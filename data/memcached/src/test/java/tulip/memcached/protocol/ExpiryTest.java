// SPDX-License-Identifier: Apache-2.0
package tulip.memcached.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class ExpiryTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  @Test
  void secondsAreRoundedUp() {
    assertEquals(1, Expiry.of(Duration.ofNanos(1), NOW));
    assertEquals(1, Expiry.of(Duration.ofSeconds(1), NOW));
    assertEquals(2, Expiry.of(Duration.ofMillis(1001), NOW));
  }

  @Test
  void moreThanThirtyDaysIsADate() {
    assertEquals(2_592_000, Expiry.of(Duration.ofDays(30), NOW));
    assertEquals(1_802_592_001, Expiry.of(Duration.ofDays(30).plusSeconds(1), NOW));
    assertEquals(1_802_592_001, Expiry.of(Duration.ofDays(30).plusNanos(1), NOW));
  }

  @Test
  void whatIsBeyondTheLastDateNeverEnds() {
    assertEquals(Integer.MAX_VALUE, Expiry.of(Duration.ofSeconds(347_483_647), NOW));
    assertEquals(Expiry.NEVER, Expiry.of(Duration.ofSeconds(347_483_648), NOW));
    assertEquals(Expiry.NEVER, Expiry.of(ChronoUnit.FOREVER.getDuration(), NOW));
  }

  @Test
  void whatIsOverIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Expiry.of(Duration.ZERO, NOW));
    assertThrows(IllegalArgumentException.class, () -> Expiry.of(Duration.ofSeconds(-1), NOW));
  }
}
