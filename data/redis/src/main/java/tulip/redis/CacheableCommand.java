// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.redis.protocol.CommandEncoder;

/// A command whose reply is the same until one of its keys changes.
///
/// @param words its name in capitals and its arguments, as they are sent
/// @param keys those among them
record CacheableCommand(List<Bytes> words, List<Bytes> keys) {
  /// Those whose first argument is their only key.
  private static final Set<String> OF_ONE_KEY =
      Set.of(
          "BITCOUNT",
          "BITPOS",
          "GEODIST",
          "GEOHASH",
          "GEOPOS",
          "GEOSEARCH",
          "GET",
          "GETBIT",
          "GETRANGE",
          "HEXISTS",
          "HGET",
          "HGETALL",
          "HKEYS",
          "HLEN",
          "HMGET",
          "HSTRLEN",
          "HVALS",
          "LINDEX",
          "LLEN",
          "LPOS",
          "LRANGE",
          "SCARD",
          "SISMEMBER",
          "SMEMBERS",
          "SMISMEMBER",
          "STRLEN",
          "TYPE",
          "XLEN",
          "XRANGE",
          "XREVRANGE",
          "ZCARD",
          "ZCOUNT",
          "ZLEXCOUNT",
          "ZMSCORE",
          "ZRANGE",
          "ZRANGEBYLEX",
          "ZRANGEBYSCORE",
          "ZRANK",
          "ZREVRANGE",
          "ZREVRANGEBYLEX",
          "ZREVRANGEBYSCORE",
          "ZREVRANK",
          "ZSCORE");

  /// Those all of whose arguments are keys.
  private static final Set<String> OF_KEYS = Set.of("EXISTS", "MGET", "SDIFF", "SINTER", "SUNION");

  /// The command, or `null` if it is not of this kind.
  ///
  /// @throws IllegalArgumentException if an argument is nothing for Redis
  static @Nullable CacheableCommand of(Object... command) {
    if (command.length < 2 || !(command[0] instanceof String written)) {
      return null;
    }
    var name = written.toUpperCase(Locale.ROOT);
    boolean ofKeys = OF_KEYS.contains(name);
    if (!ofKeys && !OF_ONE_KEY.contains(name)) {
      return null;
    }
    var words = new ArrayList<Bytes>(command.length);
    words.add(Bytes.ofUtf8(name));
    Arrays.stream(command).skip(1).forEach(word -> words.add(copy(word)));
    return new CacheableCommand(words, words.subList(1, ofKeys ? words.size() : 2));
  }

  /// An array belongs to the caller, who may change it.
  private static Bytes copy(Object word) {
    return word instanceof byte[] array ? Bytes.copyOf(array) : CommandEncoder.bytes(word);
  }
}
