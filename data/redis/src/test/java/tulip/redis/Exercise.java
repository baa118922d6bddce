// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some typed commands and what they return, on a server with nothing in it.
///
/// @param clustered whether the server is a node of a cluster
record Exercise(String name, boolean clustered, Body body) {
  /// Calls them.
  @FunctionalInterface
  interface Body {
    void run(RedisCommands redis) throws IOException;
  }

  /// All typed commands.
  static final List<Exercise> ALL =
      List.of(
          of("strings", StringExercises::strings),
          of("bitmaps", StringExercises::bitmaps),
          of("hyperLogLogs", StringExercises::hyperLogLogs),
          of("keys", KeyExercises::keys),
          of("expiry", KeyExercises::expiry),
          of("dumps", KeyExercises::dumps),
          of("sorting", KeyExercises::sorting),
          of("scans", KeyExercises::scans),
          of("hashes", CollectionExercises::hashes),
          of("lists", CollectionExercises::lists),
          of("sets", CollectionExercises::sets),
          of("sortedSets", SortedSetExercises::sortedSets),
          of("ranges", SortedSetExercises::ranges),
          of("pops", SortedSetExercises::pops),
          of("algebra", SortedSetExercises::algebra),
          of("geo", SortedSetExercises::geo),
          of("streams", StreamExercises::streams),
          of("groups", StreamExercises::groups),
          of("scripts", ScriptExercises::scripts),
          of("functions", ScriptExercises::functions),
          of("server", ServerExercises::server),
          of("looking", ServerExercises::looking),
          of("connections", ServerExercises::connections),
          of("pubSub", ServerExercises::pubSub),
          of("acl", ServerExercises::acl),
          new Exercise("cluster", true, ServerExercises::cluster));

  private static Exercise of(String name, Body body) {
    return new Exercise(name, false, body);
  }

  /// What should be there.
  static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("there is nothing");
    }
    return value;
  }

  @Override
  public String toString() {
    return name;
  }
}
