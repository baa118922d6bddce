// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tulip.core.Tulip;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;
import tulip.testing.TulipTest.Leak;

/// Every typed command is called, and the page that lists them says what the server does.
@TulipTest(clock = Clock.REAL, allow = Leak.THREAD) // that of RealProcess, which stays
class CommandTableTest {
  private static final Path PAGE = Path.of("docs/features/redis-commands.md");

  /// Fails when the page is old: with `-Dtulip.write=true` it writes it anew.
  @TulipTest
  void thePageListsAllCommandsAndTheirMethods() throws IOException {
    try (var servers = ExerciseServers.start();
        var redis = servers.open(false, 3)) {
      var table = new CommandTable(redis.call("COMMAND", "DOCS"));
      var recorded = new RecordedCommands(table.names());
      for (var exercise : Exercise.ALL) {
        run(exercise, servers, recorded);
      }
      assertEquals(Set.of(), recorded.missing());
      assertEquals(List.of(), table.faults(recorded.methods()));
      compare(table.write(version(redis), recorded.methods()));
    }
  }

  private static void run(Exercise exercise, ExerciseServers servers, RecordedCommands recorded)
      throws IOException {
    try (var redis = servers.open(exercise, 3)) {
      exercise.body().run(recorded.over(redis));
    }
  }

  private static String version(Redis redis) throws IOException {
    return Objects.requireNonNull(Replies.lines(redis.call("INFO", "server")).get("redis_version"));
  }

  private static void compare(String page) throws IOException {
    var file = root().resolve(PAGE);
    if (Boolean.getBoolean("tulip.write")) {
      Tulip.blocking(() -> Files.writeString(file, page));
    }
    assertEquals(Tulip.blocking(() -> Files.readString(file)), page);
  }

  /// The folder of the whole project.
  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("CHANGELOG.md"))) {
      folder = Objects.requireNonNull(folder.getParent(), "there is no project around this");
    }
    return folder;
  }
}
