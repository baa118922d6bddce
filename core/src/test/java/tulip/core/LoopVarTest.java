// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tulip.core.LoopOptions.Engine;

class LoopVarTest {
  private static final LoopVar<Object> CACHE = LoopVar.of("cache");
  private static final LoopVar<@Nullable String> NAME = LoopVar.of("name");

  @BothEngines
  void allTasksAndCallbacksOfALoopShareTheValue(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var mine = CACHE.getOrSet(Object::new);
          assertSame(mine, CACHE.get());
          assertSame(mine, Tulip.createTask(CACHE::get).await());
          var seen = EventLoop.current().<Object>createFuture();
          EventLoop.current().callSoon(() -> seen.setResult(CACHE.getOrSet(Object::new)));
          assertSame(mine, seen.await());
        });
  }

  @BothEngines
  void eachLoopHasItsOwn(Engine engine) throws Exception {
    var one = OnLoop.run(engine, () -> CACHE.getOrSet(Object::new));
    var two = OnLoop.run(engine, () -> CACHE.getOrSet(Object::new));
    assertNotSame(one, two);
  }

  @BothEngines
  void aValueIsSetAndTakenAway(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertFalse(NAME.isSet());
          var missing = assertThrows(NoSuchElementException.class, NAME::get);
          assertTrue(String.valueOf(missing.getMessage()).contains("loop variable name"));
          NAME.set("one");
          NAME.set("two");
          assertEquals("two", NAME.get());
          NAME.set(null);
          assertTrue(NAME.isSet(), "null is a value");
          assertNull(NAME.getOrSet(() -> "three"));
          NAME.clear();
          assertFalse(NAME.isSet());
        });
  }

  @Test
  void thereIsNoneWithoutALoop() {
    assertThrows(IllegalStateException.class, CACHE::get);
    assertThrows(IllegalStateException.class, () -> CACHE.set("x"));
  }
}
