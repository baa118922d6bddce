// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// What a server says about a command: an entry of its reply to `COMMAND`.
///
/// @param name in small letters; `config|set` if it is one of several
/// @param readOnly whether a replica may answer
/// @param keys where they stand; `null` if the server alone can tell
/// @param request which nodes get it
/// @param response how their replies become one
/// @param subcommands those that its second word chooses, by that
record CommandInfo(
    String name,
    boolean readOnly,
    @Nullable List<KeySpec> keys,
    Request request,
    ResponsePolicy response,
    Map<String, CommandInfo> subcommands) {
  /// Which nodes get a command. Redis documentation, "Command tips", request_policy.
  enum Request {
    /// The one that has its keys.
    ONE,
    /// Those that have its keys, each its own.
    MULTI_SHARD,
    /// All masters.
    ALL_SHARDS,
    /// All nodes.
    ALL_NODES,
    /// Nobody can tell.
    SPECIAL
  }

  /// Commands that servers call divisible, and that promise to change all keys or none.
  private static final Set<String> INDIVISIBLE = Set.of("msetnx");

  private static final String REQUEST = "request_policy:";
  private static final String RESPONSE = "response_policy:";

  /// Reads an entry. Servers before Redis 7 say less.
  static CommandInfo of(Reply entry) {
    var parts = entry.list();
    var name = parts.getFirst().string().toLowerCase(Locale.ROOT);
    var flags = parts.get(2).list(Reply::string);
    var tips = parts.size() > 7 ? parts.get(7).list(Reply::string) : List.<String>of();
    var request = INDIVISIBLE.contains(name) ? "one" : tip(tips, REQUEST, "one");
    return new CommandInfo(
        name,
        flags.contains("readonly"),
        keys(parts, flags.contains("movablekeys")),
        oneOf(Request.values(), request, Request.SPECIAL),
        oneOf(ResponsePolicy.values(), tip(tips, RESPONSE, "joined"), ResponsePolicy.SPECIAL),
        parts.size() > 9 ? all(parts.get(9)) : Map.of());
  }

  /// Reads several entries, by the last word of their names.
  static Map<String, CommandInfo> all(Reply entries) {
    var all = new HashMap<String, CommandInfo>();
    for (var entry : entries.list()) {
      var info = of(entry);
      all.put(info.name.substring(info.name.indexOf('|') + 1), info);
    }
    return all;
  }

  private static @Nullable List<KeySpec> keys(List<Reply> parts, boolean movable) {
    var specs = parts.size() > 8 ? parts.get(8).list() : List.<Reply>of();
    var keys = new ArrayList<KeySpec>();
    for (var spec : specs) {
      var key = KeySpec.of(spec);
      if (key != null) {
        keys.add(key);
      }
    }
    if (movable && (specs.isEmpty() || keys.size() < specs.size())) {
      return null;
    }
    int first = (int) parts.get(3).integer();
    if (keys.isEmpty() && first > 0) {
      keys.add(KeySpec.fixed(first, (int) parts.get(4).integer(), (int) parts.get(5).integer()));
    }
    return keys;
  }

  private static String tip(List<String> tips, String which, String otherwise) {
    return tips.stream()
        .filter(tip -> tip.startsWith(which))
        .findFirst()
        .map(tip -> tip.substring(which.length()))
        .orElse(otherwise);
  }

  private static <E extends Enum<E>> E oneOf(E[] values, String name, E otherwise) {
    for (var value : values) {
      if (value.name().equalsIgnoreCase(name)) {
        return value;
      }
    }
    return otherwise;
  }
}
