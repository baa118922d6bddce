// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartsTest {
  private static final RestartPolicy POLICY =
      new RestartPolicy(4, ofSeconds(60), ofMillis(300), ofSeconds(2));

  private final Restarts restarts = new Restarts(POLICY);

  @Test
  void thePauseDoublesUpToALimit() {
    var pauses = new ArrayList<Duration>();
    for (int i = 0; i < POLICY.limit(); i++) {
      pauses.add(restarts.next(i));
    }
    assertEquals(List.of(ofMillis(300), ofMillis(600), ofMillis(1200), ofSeconds(2)), pauses);
    assertNull(restarts.next(10));
  }

  @Test
  void whatIsOlderThanTheWindowIsForgotten() {
    for (int second = 0; second < POLICY.limit(); second++) {
      restarts.next(ofSeconds(second).toNanos());
    }
    assertNull(restarts.next(ofSeconds(59).toNanos()));
    assertEquals(ofSeconds(2), restarts.next(ofSeconds(60).toNanos()));
    assertNull(restarts.next(ofSeconds(60).toNanos()));
    assertEquals(ofMillis(300), restarts.next(ofSeconds(1000).toNanos()));
  }

  @Test
  void noneAreAllowedIfThePolicySaysSo() {
    assertNull(new Restarts(RestartPolicy.NEVER).next(0));
  }
}
