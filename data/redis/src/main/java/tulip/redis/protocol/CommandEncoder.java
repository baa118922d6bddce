// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;

/// Writes commands as servers read them: arrays of strings.
///
/// An argument is a [String], sent as UTF-8, [Bytes], a `byte[]`, a whole number or a `double`.
/// What else there is, `null` and booleans among it, Redis has no place for: it is refused before
/// anything was written. Not thread-safe.
public final class CommandEncoder {
  private static final int CRLF = '\r' << 8 | '\n';

  private final ByteWriter out;
  private final ByteWriter number = new ByteWriter(32);

  /// An encoder.
  ///
  /// @param limit the most bytes that may be written between two [#take]
  public CommandEncoder(int limit) {
    out = new ByteWriter(limit);
  }

  /// Writes a command behind those before.
  ///
  /// @param arguments its name and its arguments
  /// @throws IllegalArgumentException if there is none, or one that is nothing for Redis; nothing
  ///   was written then
  /// @throws tulip.bytes.LimitExceededException if it is too large; [#clear] must follow
  public void put(Object... arguments) {
    check(arguments);
    out.putByte('*').putDecimal(arguments.length).putShort(CRLF);
    for (var argument : arguments) {
      put(argument);
    }
  }

  /// Writes a command behind those before.
  ///
  /// @throws IllegalArgumentException as [#put(Object...)]
  public void put(List<?> arguments) {
    put(arguments.toArray());
  }

  /// Writes commands that were written before.
  public void append(Bytes commands) {
    out.put(commands);
  }

  private static void check(Object... arguments) {
    if (arguments.length == 0) {
      throw new IllegalArgumentException("a command has a name");
    }
    for (int i = 0; i < arguments.length; i++) {
      if (!isArgument(arguments[i])) {
        throw new IllegalArgumentException(
            "argument %d of %s is %s: Redis takes strings, bytes and numbers"
                .formatted(i, arguments[0], describe(arguments[i])));
      }
    }
  }

  private static boolean isArgument(Object argument) {
    return switch (argument) {
      case String text -> isWhole(text);
      case Bytes _, byte[] _, Long _, Integer _, Short _, Byte _, Double _ -> true;
      case null, default -> false;
    };
  }

  /// Whether no half of a surrogate pair is missing.
  private static boolean isWhole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
      }
    }
    return true;
  }

  private static String describe(Object argument) {
    return switch (argument) {
      case null -> "null";
      case String _ -> "a text with half a surrogate pair";
      default -> "a " + argument.getClass().getName();
    };
  }

  private void put(Object argument) {
    switch (argument) {
      case String text -> putText(text);
      case Long _, Integer _, Short _, Byte _ -> putNumber(((Number) argument).longValue());
      default -> putBulk(bytes(argument));
    }
  }

  /// Almost all texts are ASCII, and need no bytes of their own.
  private void putText(String text) {
    if (isAscii(text)) {
      putLength(text.length());
      out.putAscii(text).putShort(CRLF);
    } else {
      putBulk(Bytes.ofUtf8(text));
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /// The bytes by which an argument is sent.
  ///
  /// @throws IllegalArgumentException if it is nothing for Redis
  public static Bytes bytes(Object argument) {
    return switch (argument) {
      case String text -> Bytes.ofUtf8(text);
      case Bytes bytes -> bytes;
      case byte[] array -> Bytes.wrap(array);
      case Double real -> Bytes.ofAscii(text(real));
      case Long _, Integer _, Short _, Byte _ -> Bytes.ofAscii(argument.toString());
      default ->
          throw new IllegalArgumentException(
              describe(argument) + " is no argument: Redis takes strings, bytes and numbers");
    };
  }

  private void putBulk(Bytes value) {
    putLength(value.length());
    out.put(value).putShort(CRLF);
  }

  private void putNumber(long value) {
    number.putDecimal(value);
    putLength(number.size());
    out.putDecimal(value).putShort(CRLF);
    number.clear();
  }

  private void putLength(int length) {
    out.putByte('$').putDecimal(length).putShort(CRLF);
  }

  private static String text(double real) {
    if (Double.isInfinite(real)) {
      return real > 0 ? "+inf" : "-inf";
    }
    return real == Math.rint(real) && Math.abs(real) < 1e15
        ? Long.toString((long) real)
        : Double.toString(real);
  }

  /// How many bytes were written since the last [#take].
  public int size() {
    return out.size();
  }

  /// What was written, not copied: a read-only buffer that the next call makes void.
  public ByteBuffer buffer() {
    return out.view();
  }

  /// Takes what was written.
  public Bytes take() {
    var bytes = out.toBytes();
    out.clear();
    return bytes;
  }

  /// Forgets what was written.
  public void clear() {
    out.clear();
  }
}
