// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// All typed commands on a real server, in both versions of the protocol.
@TulipTest(clock = Clock.REAL)
class CommandsTest {
  @SuppressWarnings("NullAway.Init")
  private static ExerciseServers servers;

  @BeforeAll
  static void start() throws IOException {
    servers = ExerciseServers.start();
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  static Stream<Arguments> exercises() {
    return Exercise.ALL.stream()
        .flatMap(exercise -> Stream.of(Arguments.of(exercise, 2), Arguments.of(exercise, 3)));
  }

  @TulipTest
  @ParameterizedTest
  @MethodSource
  void exercises(Exercise exercise, int protocol) throws IOException {
    try (var redis = servers.open(exercise, protocol)) {
      exercise.body().run(redis);
    }
  }

  /// Every type of RESP3, as the server's own test command sends it.
  @TulipTest
  void everyTypeOfReply() throws IOException {
    try (var redis = servers.open(false, 3)) {
      var types = new ArrayList<String>();
      for (var type :
          List.of(
              "string",
              "integer",
              "double",
              "null",
              "array",
              "set",
              "map",
              "bignum",
              "true",
              "false",
              "verbatim",
              "attrib")) {
        types.add(redis.call("DEBUG", "PROTOCOL", type).getClass().getSimpleName());
      }
      assertEquals(
          List.of(
              "Bulk",
              "Int",
              "Real",
              "Null",
              "Array",
              "Distinct",
              "Dict",
              "BigNumber",
              "Bool",
              "Bool",
              "Verbatim",
              "Attributed"),
          types);
    }
  }

  @TulipTest
  void anyCommandCanBeCalled() throws IOException {
    try (var redis = servers.open(false, 3)) {
      redis.call("GEOADD", "places", 13.361389, 38.115556, "Palermo");
      var hash = redis.call("GEOHASH", "places", "Palermo").list(Reply::string);
      assertEquals(List.of("sqc8b49rny0"), hash);
      assertTrue(redis.call("PFADD", "log", "a", "b").truth());
      assertTrue(redis.call("COMMAND", "COUNT").integer() > 200);
      assertThrows(RedisException.class, () -> redis.call("NO SUCH COMMAND"));
    }
  }
}
