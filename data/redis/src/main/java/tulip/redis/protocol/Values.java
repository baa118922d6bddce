// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// How replies become values of Java.
final class Values {
  private Values() {}

  static String text(Bytes value) {
    try {
      return value.utf8Strict();
    } catch (MalformedException e) {
      throw new IllegalStateException("the reply is no text, read it as bytes: " + value, e);
    }
  }

  static <T> T parse(Reply reply, String what, Function<String, T> parser) {
    try {
      return parser.apply(reply.string());
    } catch (NumberFormatException e) {
      throw (IllegalStateException) mismatch(what, reply.plain()).initCause(e);
    }
  }

  /// Reads a number as Redis writes it, who has other names for what is no number.
  static double parseDouble(String text) {
    return switch (text) {
      case "inf", "+inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan", "-nan" -> Double.NaN;
      default -> parseDecimal(text);
    };
  }

  /// Java's parser takes blanks, hexadecimal digits and type letters too.
  private static double parseDecimal(String text) {
    if (!text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0)) {
      throw new NumberFormatException("not a number: " + text);
    }
    return Double.parseDouble(text);
  }

  static List<Reply.Entry> pairs(List<Reply> values) {
    var pairs = new ArrayList<Reply.Entry>(values.size() / 2);
    for (int i = 0; i < values.size(); i += 2) {
      pairs.add(new Reply.Entry(values.get(i), values.get(i + 1)));
    }
    return Collections.unmodifiableList(pairs);
  }

  static <T extends @Nullable Object> List<T> mapAll(
      List<Reply> values, Function<? super Reply, ? extends T> each) {
    var mapped = new ArrayList<T>(values.size());
    for (var value : values) {
      mapped.add(each.apply(value));
    }
    return Collections.unmodifiableList(mapped);
  }

  static <T extends @Nullable Object> Map<String, T> map(
      List<Reply.Entry> pairs, Function<? super Reply, ? extends T> value) {
    var map = new LinkedHashMap<String, T>();
    for (var pair : pairs) {
      map.put(pair.key().string(), value.apply(pair.value()));
    }
    return Collections.unmodifiableMap(map);
  }

  static RuntimeException mismatch(String wanted, Reply reply) {
    return reply instanceof Reply.Failure failure
        ? new RedisException(failure)
        : new IllegalStateException(wanted + " was expected, but the reply is " + describe(reply));
  }

  private static String describe(Reply reply) {
    return switch (reply) {
      case Reply.Array(var values) -> "an array of " + values.size();
      case Reply.Distinct(var values) -> "a set of " + values.size();
      case Reply.Push(var values) -> "a push of " + values.size();
      case Reply.Dict(var pairs) -> "a map of " + pairs.size();
      case Reply.Null() -> "null";
      default -> reply.toString();
    };
  }
}
