// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tulip.core.LoopOptions.Engine;
import tulip.core.TaskGroup;
import tulip.core.queue.Channel;

/// Tests in random orders: a failure says which seed brings it back.
class OrderTest {
  private static final Pattern SEED = Pattern.compile("-Dtulip\\.test\\.seed=(\\d+) repeats it");
  private static final List<String> ORDERS = new ArrayList<>();

  @BeforeEach
  void forget() {
    ORDERS.clear();
  }

  static class Orders {
    @TulipTest(shuffle = 20)
    void shows(TaskGroup group) {
      var order = new StringBuilder();
      for (var name : List.of("a", "b", "c", "d", "e", "f", "g")) {
        group.start(() -> order.append(name));
      }
      group.join();
      ORDERS.add(order.toString());
    }
  }

  @Test
  void aTestRunsInAsManyOrdersAsItSays() {
    var ran = Ran.of(Orders.class);
    assertEquals(20, ran.names().size());
    assertTrue(ran.names().containsAll(List.of("order 1", "order 20")), ran.names()::toString);
    assertTrue(new HashSet<>(ORDERS).size() > 10, ORDERS::toString);
  }

  static class Fragile {
    @TulipTest(
        engine = {Engine.CARRIER, Engine.BATON},
        shuffle = 30)
    void reliesOnAnOrder(TaskGroup group) {
      var first = new StringBuilder();
      group.start(() -> first.append("a"));
      var second = group.start(() -> first.toString());
      group.join();
      assertEquals("a", second.result());
    }
  }

  @Test
  void aSeedRepeatsAFailure() {
    var failed = Ran.of(Fragile.class);
    assertFalse(failed.failed().isEmpty());
    var name = failed.failed().getFirst();
    var seed = seedOf(failed.failure(name));
    var again = Ran.of(Fragile.class, Map.of("tulip.test.seed", seed));
    var names = List.of("baton, seed " + seed, "carrier, seed " + seed);
    assertEquals(names, again.names());
    assertEquals(names, again.failed());
  }

  static class Leaky {
    @TulipTest(shuffle = 1)
    void leaves() {
      var _ = Channel.<String>open(1);
    }
  }

  @Test
  void aLeakHasASeedToo() {
    assertTrue(seedOf(Ran.of(Leaky.class).failure("order 1")).matches("\\d+"));
  }

  static class Plain {
    @TulipTest
    void runsOnce() {}
  }

  @Test
  void aSeedIsForTestsInRandomOrders() {
    assertEquals(
        List.of("runsOnce()"), Ran.of(Plain.class, Map.of("tulip.test.seed", "1")).names());
  }

  private static String seedOf(Throwable failure) {
    return Arrays.stream(failure.getSuppressed())
        .map(note -> SEED.matcher(String.valueOf(note.getMessage())))
        .filter(matcher -> matcher.find())
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElseThrow();
  }
}
