// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// The server and its database: commands of Redis's group "server".
public interface ServerCommands extends Commands {
  /// TIME: the server's time.
  default Instant time() throws IOException {
    return call(
        reply -> {
          var parts = reply.list(Reply::integer);
          return Instant.ofEpochSecond(parts.get(0), parts.get(1) * 1000);
        },
        "TIME");
  }

  /// DBSIZE: how many keys there are.
  default long dbsize() throws IOException {
    return call(Reply::integer, "DBSIZE");
  }

  /// FLUSHDB: deletes all keys of the database.
  default void flushdb() throws IOException {
    call(Reply::orThrow, "FLUSHDB");
  }

  /// FLUSHALL: deletes all keys of all databases.
  default void flushall() throws IOException {
    call(Reply::orThrow, "FLUSHALL");
  }

  /// SWAPDB: exchanges two databases.
  default void swapdb(int database1, int database2) throws IOException {
    call(Reply::orThrow, "SWAPDB", database1, database2);
  }

  /// INFO: what the server tells about itself, one `name:value` a line.
  default String info(String... sections) throws IOException {
    return call(Reply::string, Arguments.of("INFO").each(sections).toArray());
  }

  /// ROLE: whether it is a `master`, `slave` or `sentinel`, and what belongs to that.
  default List<Reply> role() throws IOException {
    return call(Reply::list, "ROLE");
  }

  /// LASTSAVE: when the data was last saved to the disk.
  default Instant lastsave() throws IOException {
    return call(reply -> Instant.ofEpochSecond(reply.integer()), "LASTSAVE");
  }

  /// BGSAVE: has the server begin to save the data.
  default void bgsave() throws IOException {
    call(Reply::orThrow, "BGSAVE");
  }

  /// CONFIG GET: the settings that match a pattern.
  default Map<String, String> configGet(String pattern) throws IOException {
    return call(reply -> reply.map(Reply::string), "CONFIG", "GET", pattern);
  }

  /// CONFIG SET: changes a setting until the server ends.
  default void configSet(String name, Object value) throws IOException {
    call(Reply::orThrow, "CONFIG", "SET", name, value);
  }

  /// CONFIG RESETSTAT: sets the statistics to zero.
  default void configResetstat() throws IOException {
    call(Reply::orThrow, "CONFIG", "RESETSTAT");
  }

  /// COMMAND COUNT: how many commands there are.
  default long commandCount() throws IOException {
    return call(Reply::integer, "COMMAND", "COUNT");
  }

  /// COMMAND LIST: their names.
  default List<String> commandList() throws IOException {
    return call(Reply::strings, "COMMAND", "LIST");
  }

  /// COMMAND GETKEYS: which arguments of a command are keys.
  default List<String> commandGetkeys(Object... command) throws IOException {
    return call(Reply::strings, Arguments.of("COMMAND", "GETKEYS").each(command).toArray());
  }

  /// MEMORY USAGE: how many bytes a key takes with its value; `null` if there is none.
  default @Nullable Long memoryUsage(String key) throws IOException {
    return callOrNull(Reply::integer, "MEMORY", "USAGE", key);
  }

  /// MEMORY STATS: what takes the server's memory.
  default Map<String, Reply> memoryStats() throws IOException {
    return call(Replies::facts, "MEMORY", "STATS");
  }

  /// MEMORY DOCTOR: what the server thinks of its memory.
  default String memoryDoctor() throws IOException {
    return call(Reply::string, "MEMORY", "DOCTOR");
  }

  /// MEMORY PURGE: has the server give back what it can.
  default void memoryPurge() throws IOException {
    call(Reply::orThrow, "MEMORY", "PURGE");
  }

  /// SLOWLOG GET: so many of the last commands that took long, the last first.
  default List<SlowlogEntry> slowlogGet(long count) throws IOException {
    return call(reply -> reply.list(SlowlogEntry::of), "SLOWLOG", "GET", count);
  }

  /// SLOWLOG LEN: how many there are.
  default long slowlogLen() throws IOException {
    return call(Reply::integer, "SLOWLOG", "LEN");
  }

  /// SLOWLOG RESET: forgets them.
  default void slowlogReset() throws IOException {
    call(Reply::orThrow, "SLOWLOG", "RESET");
  }

  /// LATENCY LATEST: the last time that each event took long.
  default List<LatencyEvent> latencyLatest() throws IOException {
    return call(reply -> reply.list(LatencyEvent::of), "LATENCY", "LATEST");
  }

  /// LATENCY RESET: forgets them.
  ///
  /// @return for how many events
  default long latencyReset() throws IOException {
    return call(Reply::integer, "LATENCY", "RESET");
  }

  /// LATENCY DOCTOR: what the server thinks of its latency.
  default String latencyDoctor() throws IOException {
    return call(Reply::string, "LATENCY", "DOCTOR");
  }
}
