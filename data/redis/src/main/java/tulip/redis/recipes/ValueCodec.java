// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import java.util.function.Function;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// How values become bytes, and bytes values again.
///
/// ```java
/// var users = ValueCodec.ofText(json::writeValueAsString, text -> json.readValue(text, User.class));
/// ```
///
/// @param <T> the values
public interface ValueCodec<T> {
  /// Bytes as they are.
  ValueCodec<Bytes> BYTES = of(Function.identity(), Function.identity());

  /// Texts, as UTF-8; bytes that are none are refused.
  ValueCodec<String> TEXT = of(Bytes::ofUtf8, ValueCodec::text);

  /// Whole numbers, as Redis itself counts with them.
  ValueCodec<Long> NUMBER = ofText(number -> Long.toString(number), Long::valueOf);

  /// The bytes of a value.
  ///
  /// @throws IllegalArgumentException if it has none
  Bytes encode(T value);

  /// The value of bytes.
  ///
  /// @throws IllegalArgumentException if they are none
  T decode(Bytes bytes);

  /// A codec of two functions.
  static <T> ValueCodec<T> of(
      Function<? super T, Bytes> encode, Function<? super Bytes, ? extends T> decode) {
    return new ValueCodec<>() {
      @Override
      public Bytes encode(T value) {
        return encode.apply(value);
      }

      @Override
      public T decode(Bytes bytes) {
        return decode.apply(bytes);
      }
    };
  }

  /// A codec of two functions that write texts, as those of JSON libraries do.
  static <T> ValueCodec<T> ofText(
      Function<? super T, String> write, Function<? super String, ? extends T> read) {
    return of(value -> Bytes.ofUtf8(write.apply(value)), bytes -> read.apply(text(bytes)));
  }

  private static String text(Bytes bytes) {
    try {
      return bytes.utf8Strict();
    } catch (MalformedException e) {
      throw new IllegalArgumentException("the value is no text: " + bytes, e);
    }
  }
}
