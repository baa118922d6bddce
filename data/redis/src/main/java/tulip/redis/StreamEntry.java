// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tulip.redis.protocol.Reply;

/// An entry of a stream.
///
/// @param id such as `1526919030474-0`
/// @param fields its content; empty for one that was deleted meanwhile
public record StreamEntry(String id, Map<String, String> fields) {
  /// The entries of a list; one that was deleted is null in some of them.
  static List<StreamEntry> list(Reply reply) {
    var entries = new ArrayList<StreamEntry>();
    for (var entry : reply.list()) {
      if (!entry.isNull()) {
        var parts = entry.list();
        var fields = parts.get(1);
        entries.add(
            new StreamEntry(
                parts.get(0).string(), fields.isNull() ? Map.of() : fields.map(Reply::string)));
      }
    }
    return List.copyOf(entries);
  }

  /// The entries of the only stream that was read. RESP3 has a map of streams, RESP2 a list of
  /// pairs.
  static List<StreamEntry> ofOnly(Reply reply) {
    return switch (reply.plain()) {
      case Reply.Null() -> List.of();
      case Reply.Dict(var streams) -> list(streams.getFirst().value());
      case Reply other -> list(other.list().getFirst().list().get(1));
    };
  }

  /// The entries of each stream that was read.
  static Map<String, List<StreamEntry>> ofEach(Reply reply) {
    var streams = new LinkedHashMap<String, List<StreamEntry>>();
    switch (reply.plain()) {
      case Reply.Null() -> {}
      case Reply.Dict(var entries) ->
          entries.forEach(entry -> streams.put(entry.key().string(), list(entry.value())));
      case Reply other ->
          other
              .list()
              .forEach(pair -> streams.put(pair.list().get(0).string(), list(pair.list().get(1))));
    }
    return streams;
  }
}
