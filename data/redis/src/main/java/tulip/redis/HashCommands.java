// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.redis.protocol.Reply;

/// Maps of fields to values: the commands of Redis's group "hash".
public interface HashCommands extends Commands {
  /// HSET: gives a field a value.
  ///
  /// @return whether the field is new
  default boolean hset(String key, String field, Object value) throws IOException {
    return call("HSET", key, field, value).truth();
  }

  /// HSET: gives several fields their values.
  ///
  /// @return how many fields are new
  default long hset(String key, Map<String, ?> values) throws IOException {
    return call(Arguments.of("HSET", key).addPairs(values).toArray()).integer();
  }

  /// HSETNX: gives a field a value if it has none.
  ///
  /// @return whether it has it now
  default boolean hsetnx(String key, String field, Object value) throws IOException {
    return call("HSETNX", key, field, value).truth();
  }

  /// HGET: the value of a field as text, or `null` if there is none.
  default @Nullable String hget(String key, String field) throws IOException {
    return call("HGET", key, field).orNull(Reply::string);
  }

  /// HGET: the value of a field as it is, or `null` if there is none.
  default @Nullable Bytes hgetBytes(String key, String field) throws IOException {
    return call("HGET", key, field).orNull(Reply::bytes);
  }

  /// HMGET: the values of several fields in order, `null` for those without one.
  default List<@Nullable String> hmget(String key, String... fields) throws IOException {
    return call(Arguments.of("HMGET", key).add((Object[]) fields).toArray())
        .list(value -> value.orNull(Reply::string));
  }

  /// HGETALL: all fields and values; none if there is no such key.
  default Map<String, String> hgetall(String key) throws IOException {
    return call("HGETALL", key).map(Reply::string);
  }

  /// HDEL: deletes fields.
  ///
  /// @return how many there were
  default long hdel(String key, String... fields) throws IOException {
    return call(Arguments.of("HDEL", key).add((Object[]) fields).toArray()).integer();
  }

  /// HEXISTS: whether there is such a field.
  default boolean hexists(String key, String field) throws IOException {
    return call("HEXISTS", key, field).truth();
  }

  /// HINCRBY: adds a number, to 0 if there is no such field.
  default long hincrby(String key, String field, long increment) throws IOException {
    return call("HINCRBY", key, field, increment).integer();
  }

  /// HINCRBYFLOAT: adds a number, to 0 if there is no such field.
  default double hincrbyfloat(String key, String field, double increment) throws IOException {
    return call("HINCRBYFLOAT", key, field, increment).real();
  }

  /// HKEYS: all fields.
  default List<String> hkeys(String key) throws IOException {
    return call("HKEYS", key).list(Reply::string);
  }

  /// HVALS: all values.
  default List<String> hvals(String key) throws IOException {
    return call("HVALS", key).list(Reply::string);
  }

  /// HLEN: how many fields there are.
  default long hlen(String key) throws IOException {
    return call("HLEN", key).integer();
  }

  /// HSTRLEN: the length of a value in bytes, 0 if there is none.
  default long hstrlen(String key, String field) throws IOException {
    return call("HSTRLEN", key, field).integer();
  }
}
