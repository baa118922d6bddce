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
    return call(Reply::integer, Arguments.of("SADD", key).each(members).toArray());
  }

  /// SREM: removes members.
  ///
  /// @return how many there were
  default long srem(String key, Object... members) throws IOException {
    return call(Reply::integer, Arguments.of("SREM", key).each(members).toArray());
  }

  /// SMEMBERS: all members; none if there is no such key.
  default Set<String> smembers(String key) throws IOException {
    return call(SetCommands::texts, "SMEMBERS", key);
  }

  /// SISMEMBER: whether a value is a member.
  default boolean sismember(String key, Object member) throws IOException {
    return call(Reply::truth, "SISMEMBER", key, member);
  }

  /// SMISMEMBER: whether values are members, in order.
  default List<Boolean> smismember(String key, Object... members) throws IOException {
    return call(
        reply -> reply.list(Reply::truth), Arguments.of("SMISMEMBER", key).each(members).toArray());
  }

  /// SCARD: how many members there are.
  default long scard(String key) throws IOException {
    return call(Reply::integer, "SCARD", key);
  }

  /// SPOP: takes any member, or returns `null` if there is none.
  default @Nullable String spop(String key) throws IOException {
    return callOrNull(Reply::string, "SPOP", key);
  }

  /// SRANDMEMBER: any member, or `null` if there is none.
  default @Nullable String srandmember(String key) throws IOException {
    return callOrNull(Reply::string, "SRANDMEMBER", key);
  }

  /// SMOVE: moves a member to another set.
  ///
  /// @return false if it was none
  default boolean smove(String source, String target, Object member) throws IOException {
    return call(Reply::truth, "SMOVE", source, target, member);
  }

  /// SINTER: what is in all of the sets.
  default Set<String> sinter(String... keys) throws IOException {
    return call(SetCommands::texts, Arguments.of("SINTER").each(keys).toArray());
  }

  /// SUNION: what is in any of the sets.
  default Set<String> sunion(String... keys) throws IOException {
    return call(SetCommands::texts, Arguments.of("SUNION").each(keys).toArray());
  }

  /// SDIFF: what is in the first of the sets and in none of the others.
  default Set<String> sdiff(String... keys) throws IOException {
    return call(SetCommands::texts, Arguments.of("SDIFF").each(keys).toArray());
  }

  /// SPOP: takes so many members, as far as there are.
  default Set<String> spop(String key, long count) throws IOException {
    return call(SetCommands::texts, "SPOP", key, count);
  }

  /// SRANDMEMBER: so many different members, as far as there are; if the count is negative, so many
  /// that may be the same.
  default List<String> srandmember(String key, long count) throws IOException {
    return call(Reply::strings, "SRANDMEMBER", key, count);
  }

  /// SINTERSTORE: stores what is in all of the sets.
  ///
  /// @return how many members
  default long sinterstore(String target, String... keys) throws IOException {
    return call(Reply::integer, Arguments.of("SINTERSTORE", target).each(keys).toArray());
  }

  /// SUNIONSTORE: stores what is in any of the sets.
  ///
  /// @return how many members
  default long sunionstore(String target, String... keys) throws IOException {
    return call(Reply::integer, Arguments.of("SUNIONSTORE", target).each(keys).toArray());
  }

  /// SDIFFSTORE: stores what is in the first of the sets and in none of the others.
  ///
  /// @return how many members
  default long sdiffstore(String target, String... keys) throws IOException {
    return call(Reply::integer, Arguments.of("SDIFFSTORE", target).each(keys).toArray());
  }

  /// SINTERCARD: how many members are in all of the sets.
  ///
  /// @param limit where counting ends, 0 for no limit
  default long sintercard(long limit, String... keys) throws IOException {
    return call(
        Reply::integer, Arguments.of("SINTERCARD").counted(keys).add("LIMIT", limit).toArray());
  }

  /// SSCAN: the members that match a pattern.
  default Iterable<String> sscan(String key, String pattern) {
    return sscan(key, ScanOption.match(pattern));
  }

  /// SSCAN: the members, fetched as [KeyCommands#scan] does.
  default Iterable<String> sscan(String key, ScanOption... options) {
    return new Scan<>(this, Reply::strings, List.of("SSCAN", key), options);
  }

  private static Set<String> texts(Reply reply) {
    return new LinkedHashSet<>(reply.strings());
  }
}
