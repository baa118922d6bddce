// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.ArrayList;
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
}
