// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// JUnit's timeout ends a test that hangs, and the test says where it hung.
class TimeoutTest {
  private static final List<String> SEEN = new ArrayList<>();

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  @Timeout(1)
  static class Hangs {
    @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
    void forEver(TaskGroup group) {
      group.start(
          "consumer",
          () -> {
            Tulip.sleepForever();
            return null;
          });
      Tulip.sleepForever();
    }

    @AfterEach
    void cleanUp() {
      Tulip.yield();
      SEEN.add("cleaned up");
    }
  }

  @Test
  void itShowsWhereEachTaskWaited() {
    var ran = Ran.of(Hangs.class);
    for (var engine : List.of("baton", "carrier")) {
      var timeout = assertInstanceOf(TimeoutException.class, ran.failure(engine));
      var places = Arrays.stream(timeout.getSuppressed()).map(Throwable::getMessage).toList();
      assertTrue(places.contains("task main waited here for cancellation"), places::toString);
      assertTrue(places.contains("task consumer waited here for cancellation"), places::toString);
    }
    assertEquals(List.of("cleaned up", "cleaned up"), SEEN);
  }

  @Timeout(value = 50, unit = TimeUnit.MILLISECONDS)
  static class InForeignCode {
    @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
    void forEver() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  @Test
  void itEndsAWaitInForeignCode() {
    var ran = Ran.of(InForeignCode.class);
    assertEquals(List.of("baton", "carrier"), ran.failed());
    assertInstanceOf(TimeoutException.class, ran.failure("baton"));
    assertInstanceOf(TimeoutException.class, ran.failure("carrier"));
  }

  static class OnAThreadOfItsOwn {
    @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
    @Timeout(
        value = 50,
        unit = TimeUnit.MILLISECONDS,
        threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void forEver() {
      Tulip.sleepForever();
    }

    @AfterEach
    void cleanUp() {
      Tulip.yield();
      SEEN.add("cleaned up");
    }
  }

  @Test
  void itEndsATestThatJUnitRunsOnAThreadOfItsOwn() {
    var ran = Ran.of(OnAThreadOfItsOwn.class);
    assertInstanceOf(TimeoutException.class, ran.failure("baton"));
    assertInstanceOf(TimeoutException.class, ran.failure("carrier"));
    assertEquals(List.of("cleaned up", "cleaned up"), SEEN);
  }
}
