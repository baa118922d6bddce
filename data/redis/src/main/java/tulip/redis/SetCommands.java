// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// Sets of different values: the commands of Redis's group "set".
public interface SetCommands extends Commands {
  /// SADD: adds members.
  ///
  /// @return how many are new
  default long sadd(String key, Object... members) throws IOException {
    return call(Arguments.of("SADD", key).add(members).toArray()).integer();
  }

  /// SREM: removes members.
  ///
  /// @return how many there were
  default long srem(String key, Object... members) throws IOException {
    return call(Arguments.of("SREM", key).add(members).toArray()).integer();
  }

  /// SMEMBERS: all members; none if there is no such key.
  default Set<String> smembers(String key) throws IOException {
    return new LinkedHashSet<>(call("SMEMBERS", key).list(Reply::string));
  }

  /// SISMEMBER: whether a value is a member.
  default boolean sismember(String key, Object member) throws IOException {
    return call("SISMEMBER", key, member).truth();
  }

  /// SMISMEMBER: whether values are members, in order.
  default List<Boolean> smismember(String key, Object... members) throws IOException {
    return call(Arguments.of("SMISMEMBER", key).add(members).toArray()).list(Reply::truth);
  }

  /// SCARD: how many members there are.
  default long scard(String key) throws IOException {
    return call("SCARD", key).integer();
  }

  /// SPOP: takes any member, or returns `null` if there is none.
  default @Nullable String spop(String key) throws IOException {
    return call("SPOP", key).orNull(Reply::string);
  }

  /// SRANDMEMBER: any member, or `null` if there is none.
  default @Nullable String srandmember(String key) throws IOException {
    return call("SRANDMEMBER", key).orNull(Reply::string);
  }

  /// SMOVE: moves a member to another set.
  ///
  /// @return false if it was none
  default boolean smove(String source, String target, Object member) throws IOException {
    return call("SMOVE", source, target, member).truth();
  }

  /// SINTER: what is in all of the sets.
  default Set<String> sinter(String... keys) throws IOException {
    return new LinkedHashSet<>(
        call(Arguments.of("SINTER").add((Object[]) keys).toArray()).list(Reply::string));
  }

  /// SUNION: what is in any of the sets.
  default Set<String> sunion(String... keys) throws IOException {
    return new LinkedHashSet<>(
        call(Arguments.of("SUNION").add((Object[]) keys).toArray()).list(Reply::string));
  }

  /// SDIFF: what is in the first of the sets and in none of the others.
  default Set<String> sdiff(String... keys) throws IOException {
    return new LinkedHashSet<>(
        call(Arguments.of("SDIFF").add((Object[]) keys).toArray()).list(Reply::string));
  }

  /// SSCAN: the members that match a pattern, fetched as [KeyCommands#scan] does.
  default Iterable<String> sscan(String key, String pattern) {
    return new Scan<>(this, Reply::string, Arguments.of("SSCAN", key), "MATCH", pattern);
  }
}
