// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// What a server says: a value of one of the types of RESP3, of which RESP2 has five.
///
/// ```java
/// switch (redis.call("OBJECT", "FREQ", key)) {
///   case Reply.Int(long frequency) -> ...
///   case Reply.Null() -> ...
/// }
/// ```
///
/// The methods give the value in Java's terms, and bridge what the two versions say differently: a
/// map of RESP3 is a flat array in RESP2, a double is a string. Where a reply has another shape
/// than was asked for they throw an [IllegalStateException], and for an error a [RedisException].
public sealed interface Reply {
  /// A short text such as `OK`.
  record SimpleString(String text) implements Reply {}

  /// An error, simple or bulk.
  ///
  /// @param message all of it, the code included
  record Failure(String message) implements Reply {
    /// The first word of the message, by which errors are told apart.
    public String code() {
      int end = message.indexOf(' ');
      return end < 0 ? message : message.substring(0, end);
    }
  }

  /// A whole number.
  record Int(long value) implements Reply {}

  /// A string of bytes.
  record Bulk(Bytes value) implements Reply {}

  /// Nothing: a key that does not exist. The null string and the null array of RESP2 are it too.
  record Null() implements Reply {}

  /// Several values in order.
  record Array(List<Reply> values) implements Reply {}

  /// A floating-point number.
  record Real(double value) implements Reply {}

  /// True or false.
  record Bool(boolean value) implements Reply {}

  /// A whole number of any size.
  record BigNumber(BigInteger value) implements Reply {}

  /// A text that says what it is.
  ///
  /// @param format three letters: `txt`, or `mkd` for Markdown
  record Verbatim(String format, Bytes value) implements Reply {}

  /// Keys and values, in the server's order.
  record Dict(List<Entry> pairs) implements Reply {}

  /// Several different values.
  record Distinct(List<Reply> values) implements Reply {}

  /// What a server says without being asked: a message of a channel, a key that has changed. The
  /// first value is its kind.
  record Push(List<Reply> values) implements Reply {
    /// Its kind, such as `message`; empty if it has none.
    public String kind() {
      return switch (values.isEmpty() ? null : values.getFirst()) {
        case Bulk(Bytes value) -> value.utf8();
        case SimpleString(String text) -> text;
        case null, default -> "";
      };
    }
  }

  /// A reply about which the server says something more. The methods look through it.
  record Attributed(Dict attributes, Reply value) implements Reply {}

  /// One of a [Dict].
  record Entry(Reply key, Reply value) {}

  /// Whether it is [Null].
  default boolean isNull() {
    return plain() instanceof Null;
  }

  /// It, without what the server says about it.
  default Reply plain() {
    return this instanceof Attributed(_, Reply value) ? value.plain() : this;
  }

  /// It, unless it is an error.
  ///
  /// @throws RedisException if it is one
  default Reply orThrow() {
    if (plain() instanceof Failure failure) {
      throw new RedisException(failure);
    }
    return this;
  }

  /// Its text.
  ///
  /// @throws IllegalStateException if it is no string, or not UTF-8: then [#bytes] has it
  default String string() {
    return switch (plain()) {
      case SimpleString(String text) -> text;
      case Bulk(Bytes value) -> Values.text(value);
      case Verbatim(_, Bytes value) -> Values.text(value);
      case Reply other -> throw Values.mismatch("a string", other);
    };
  }

  /// Its text, or `null` if it is [Null].
  ///
  /// @throws IllegalStateException as [#string]
  default @Nullable String stringOrNull() {
    return isNull() ? null : string();
  }

  /// Its bytes.
  ///
  /// @throws IllegalStateException if it is no string
  default Bytes bytes() {
    return switch (plain()) {
      case SimpleString(String text) -> Bytes.ofUtf8(text);
      case Bulk(Bytes value) -> value;
      case Verbatim(_, Bytes value) -> value;
      case Reply other -> throw Values.mismatch("a string", other);
    };
  }

  /// Its number. True counts as 1, false as 0.
  ///
  /// @throws IllegalStateException if it is no whole number of 64 bits, nor a string that is
  default long integer() {
    return switch (plain()) {
      case Int(long value) -> value;
      case Bool(boolean value) -> value ? 1 : 0;
      case Bulk _, SimpleString _ -> Values.parse(this, "a whole number", Long::parseLong);
      case Reply other -> throw Values.mismatch("a whole number", other);
    };
  }

  /// Its number.
  ///
  /// @throws IllegalStateException if it is no number, nor a string that is
  default double real() {
    return switch (plain()) {
      case Real(double value) -> value;
      case Int(long value) -> value;
      case Bulk _, SimpleString _ -> Values.parse(this, "a number", Values::parseDouble);
      case Reply other -> throw Values.mismatch("a number", other);
    };
  }

  /// Whether it says yes: true, or any number but 0.
  ///
  /// @throws IllegalStateException if it is neither
  default boolean truth() {
    return integer() != 0;
  }

  /// Its values: of an array, a set or a push.
  ///
  /// @throws IllegalStateException if it has none
  default List<Reply> list() {
    return switch (plain()) {
      case Array(List<Reply> values) -> values;
      case Distinct(List<Reply> values) -> values;
      case Push(List<Reply> values) -> values;
      case Reply other -> throw Values.mismatch("an array", other);
    };
  }

  /// Its values as texts.
  ///
  /// @throws IllegalStateException if it has none, or one is no string
  default List<String> strings() {
    return list(Reply::string);
  }

  /// Its pairs: of a map, or of a flat array of keys and values.
  ///
  /// @throws IllegalStateException if it has none
  default List<Entry> entries() {
    return switch (plain()) {
      case Dict(List<Entry> pairs) -> pairs;
      case Array(List<Reply> values) when values.size() % 2 == 0 -> Values.pairs(values);
      case Reply other -> throw Values.mismatch("a map", other);
    };
  }

  /// Its values, each as `each` sees it; null stays null only if `each` lets it.
  default <T extends @Nullable Object> List<T> list(Function<? super Reply, ? extends T> each) {
    return Values.mapAll(list(), each);
  }

  /// Its pairs as a map with texts as keys, in the server's order.
  default <T extends @Nullable Object> Map<String, T> map(
      Function<? super Reply, ? extends T> value) {
    return Values.map(entries(), value);
  }

  /// What `some` makes of it, or `null` if it is [Null].
  default <T> @Nullable T orNull(Function<? super Reply, ? extends T> some) {
    return isNull() ? null : some.apply(this);
  }
}
