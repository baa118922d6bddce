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
    return call(Reply::truth, "HSET", key, field, value);
  }

  /// HSET: gives several fields their values.
  ///
  /// @return how many fields are new
  default long hset(String key, Map<String, ?> values) throws IOException {
    return call(Reply::integer, Arguments.of("HSET", key).addPairs(values).toArray());
  }

  /// HSETNX: gives a field a value if it has none.
  ///
  /// @return whether it has it now
  default boolean hsetnx(String key, String field, Object value) throws IOException {
    return call(Reply::truth, "HSETNX", key, field, value);
  }

  /// HGET: the value of a field as text, or `null` if there is none.
  default @Nullable String hget(String key, String field) throws IOException {
    return callOrNull(Reply::string, "HGET", key, field);
  }

  /// HGET: the value of a field as it is, or `null` if there is none.
  default @Nullable Bytes hgetBytes(String key, String field) throws IOException {
    return callOrNull(Reply::bytes, "HGET", key, field);
  }

  /// HMGET: the values of several fields in order, `null` for those without one.
  default List<@Nullable String> hmget(String key, String... fields) throws IOException {
    return this.<List<@Nullable String>>call(
        Replies::stringsOrNull, Arguments.of("HMGET", key).each(fields).toArray());
  }

  /// HGETALL: all fields and values; none if there is no such key.
  default Map<String, String> hgetall(String key) throws IOException {
    return call(reply -> reply.map(Reply::string), "HGETALL", key);
  }

  /// HDEL: deletes fields.
  ///
  /// @return how many there were
  default long hdel(String key, String... fields) throws IOException {
    return call(Reply::integer, Arguments.of("HDEL", key).each(fields).toArray());
  }

  /// HEXISTS: whether there is such a field.
  default boolean hexists(String key, String field) throws IOException {
    return call(Reply::truth, "HEXISTS", key, field);
  }

  /// HINCRBY: adds a number, to 0 if there is no such field.
  default long hincrby(String key, String field, long increment) throws IOException {
    return call(Reply::integer, "HINCRBY", key, field, increment);
  }

  /// HINCRBYFLOAT: adds a number, to 0 if there is no such field.
  default double hincrbyfloat(String key, String field, double increment) throws IOException {
    return call(Reply::real, "HINCRBYFLOAT", key, field, increment);
  }

  /// HKEYS: all fields.
  default List<String> hkeys(String key) throws IOException {
    return call(Reply::strings, "HKEYS", key);
  }

  /// HVALS: all values.
  default List<String> hvals(String key) throws IOException {
    return call(Reply::strings, "HVALS", key);
  }

  /// HLEN: how many fields there are.
  default long hlen(String key) throws IOException {
    return call(Reply::integer, "HLEN", key);
  }

  /// HSTRLEN: the length of a value in bytes, 0 if there is none.
  default long hstrlen(String key, String field) throws IOException {
    return call(Reply::integer, "HSTRLEN", key, field);
  }

  /// HRANDFIELD: any field, or `null` if there is none.
  default @Nullable String hrandfield(String key) throws IOException {
    return callOrNull(Reply::string, "HRANDFIELD", key);
  }

  /// HRANDFIELD: so many different fields, as far as there are; if the count is negative, so many
  /// that may be the same.
  default List<String> hrandfield(String key, long count) throws IOException {
    return call(Reply::strings, "HRANDFIELD", key, count);
  }

  /// HRANDFIELD with WITHVALUES: so many different fields and their values, as far as there are.
  default Map<String, String> hrandfieldWithValues(String key, long count) throws IOException {
    return call(Fields::map, "HRANDFIELD", key, count, "WITHVALUES");
  }

  /// HSCAN: fields and values, fetched as [KeyCommands#scan] does.
  default Iterable<Map.Entry<String, String>> hscan(String key, ScanOption... options) {
    return new Scan<>(this, Fields::entries, List.of("HSCAN", key), options);
  }
}
