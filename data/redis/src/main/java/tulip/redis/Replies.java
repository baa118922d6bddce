// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// Shapes that many replies have.
final class Replies {
  private Replies() {}

  /// Names and values of several types.
  static Map<String, Reply> facts(Reply reply) {
    return reply.map(value -> value);
  }

  /// Values of which some may be null.
  static <T> List<@Nullable T> listOrNull(Reply reply, Function<? super Reply, ? extends T> some) {
    return reply.<@Nullable T>list(value -> value.orNull(some));
  }

  static List<@Nullable String> stringsOrNull(Reply reply) {
    return listOrNull(reply, Reply::string);
  }

  /// Lines of `name:value`.
  static Map<String, String> lines(Reply reply) {
    return reply
        .string()
        .lines()
        .filter(line -> line.contains(":"))
        .map(line -> line.split(":", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
  }
}
