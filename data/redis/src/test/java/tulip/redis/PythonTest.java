// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.core.Tulip;
import tulip.net.testing.RealProcess;
import tulip.redis.protocol.Reply;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;
import tulip.testing.TulipTest.Leak;

/// The same commands by python3-redis and by python3-aioredis have the same replies.
@TulipTest(clock = Clock.REAL, allow = Leak.THREAD) // that of RealProcess, which stays
class PythonTest {
  @TulipTest
  @ParameterizedTest
  @ValueSource(strings = {"redis", "aioredis"})
  void theSameScriptHasTheSameReplies(String client, @TempDir Path folder) throws Exception {
    var script = resource("commands.txt");
    Files.writeString(folder.resolve("commands.txt"), script);
    Files.writeString(folder.resolve("replies.py"), resource("replies.py"));
    try (var server = RedisServer.start();
        var other = RedisServer.start()) {
      var command =
          new String[] {"/usr/bin/python3", "replies.py", client, Integer.toString(other.port())};
      var theirs = Tulip.blocking(() -> RealProcess.run(folder, ofSeconds(30), command));
      assertEquals(theirs.lines().toList(), replies(RedisServer.options(server), script));
    }
  }

  private static String resource(String name) throws IOException {
    try (var in = Objects.requireNonNull(PythonTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> replies(RedisOptions options, String script) throws IOException {
    var lines = new ArrayList<String>();
    var login = Login.ANONYMOUS.withProtocol(2);
    try (var connection = RedisConnection.connect(options.withLogin(login))) {
      for (var command : script.lines().toList()) {
        lines.add(show(connection.ask(ofSeconds(5), (Object[]) command.split(" ", -1))));
      }
    }
    return lines;
  }

  private static String show(Reply reply) {
    return switch (reply) {
      case Reply.Null() -> "nil";
      case Reply.Int(long value) -> "int " + value;
      case Reply.Failure(String message) ->
          "error " + message.replaceFirst("^(ERR|NOSCRIPT|EXECABORT) ", ""); // as redis-py
      case Reply.Array(var values) ->
          values.stream().map(PythonTest::show).collect(Collectors.joining(", ", "[", "]"));
      default -> "text " + reply.bytes().hex();
    };
  }
}
