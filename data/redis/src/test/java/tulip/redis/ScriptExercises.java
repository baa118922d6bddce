// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import tulip.redis.protocol.RedisException;

/// Scripts and functions.
final class ScriptExercises {
  private ScriptExercises() {}

  static void scripts(RedisCommands redis) throws IOException {
    redis.scriptFlush();
    var script = Script.of("return redis.call('INCRBY', KEYS[1], ARGV[1])");
    assertFalse(redis.scriptExists(script));
    assertEquals(5, redis.eval(script, List.of("k"), 5).integer());
    assertTrue(redis.scriptExists(script));
    assertEquals(8, redis.eval(script, List.of("k"), 3).integer());
    var broken = Script.of("return redis.call('INCR', KEYS[1], 1, 2)");
    assertThrows(RedisException.class, () -> redis.eval(broken, List.of("k")));

    var reading = Script.of("return redis.call('GET', KEYS[1])");
    assertEquals("8", redis.evalRo(reading, List.of("k")).string());
    redis.scriptFlush();
    redis.scriptLoad(reading);
    assertEquals("8", redis.evalRo(reading, List.of("k")).string());
    assertEquals("NOTBUSY", assertThrows(RedisException.class, redis::scriptKill).code());
  }

  static void functions(RedisCommands redis) throws IOException {
    redis.functionFlush();
    var library =
        "#!lua name=mine\nredis.register_function('twice', function(k, a) return a[1] * 2 end)";
    assertEquals("mine", redis.functionLoad(library));
    assertEquals(42, redis.fcall("twice", List.of(), 21).integer());
    var reading =
        "#!lua name=reading\nredis.register_function{function_name='seven',"
            + " callback=function() return 7 end, flags={'no-writes'}}";
    redis.functionLoad(reading);
    assertEquals(7, redis.fcallRo("seven", List.of()).integer());
    assertEquals(2, redis.functionList().size());
    var dumped = redis.functionDump();
    redis.functionDelete("mine");
    redis.functionRestore(dumped);
    assertEquals(42, redis.fcall("twice", List.of(), 21).integer());
    assertTrue(redis.functionStats().containsKey("engines"));
    assertEquals("NOTBUSY", assertThrows(RedisException.class, redis::functionKill).code());
    redis.functionFlush();
  }
}
