// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol;

import java.math.BigInteger;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;

/// Makes replies of bytes, however they are cut: RESP2 and RESP3, told apart by their first byte.
///
/// It takes out of the queue what it has understood, and keeps what is begun, so that a reply of a
/// million values is read once. What no release of Redis sends, strings and arrays whose length
/// comes last, it refuses.
///
/// After a [RespFormatException] a decoder is good for nothing. Not thread-safe.
public final class RespDecoder {
  private static final Reply NULL = new Reply.Null();
  private static final Reply OK = new Reply.SimpleString("OK");
  private static final int NO_BULK = -1;

  private final RespLimits limits;

  /// The arrays and maps that are begun, the innermost last.
  private final ArrayDeque<Aggregate> open = new ArrayDeque<>();

  /// How much of the head of the queue has no line end.
  private int searched;

  /// The length of the string whose bytes come next, and its type.
  private int bulkLength = NO_BULK;

  private byte bulkType;

  /// How many elements the reply has had so far.
  private int elements;

  /// A decoder with the usual limits.
  public RespDecoder() {
    this(RespLimits.DEFAULT);
  }

  /// A decoder with limits.
  public RespDecoder(RespLimits limits) {
    this.limits = limits;
  }

  /// Takes the next reply.
  ///
  /// @return `null` if it has not arrived in full
  /// @throws RespFormatException if it is none, or too large
  public @Nullable Reply decode(ByteQueue input) throws RespFormatException {
    while (true) {
      if (bulkLength == NO_BULK && !hasLine(input)) {
        return null;
      }
      var value = bulkLength == NO_BULK ? takeLine(input) : takeBulk(input);
      if (value != null) {
        var whole = add(value);
        if (whole != null) {
          elements = 0;
          return whole;
        }
      } else if (bulkLength != NO_BULK && !input.has(bulkLength + 2)) {
        return null;
      }
    }
  }

  /// Whether a reply is begun.
  public boolean isInside() {
    return bulkLength != NO_BULK || !open.isEmpty() || searched > 0;
  }

  /// Adds a value to the innermost aggregate, and that to the next one if it is whole now.
  ///
  /// @return the reply, if it is whole
  private @Nullable Reply add(Reply value) {
    var whole = value;
    while (!open.isEmpty()) {
      var inner = open.getLast();
      if (!inner.add(whole)) {
        return null;
      }
      open.removeLast();
      whole = inner.toReply();
    }
    return whole;
  }

  // Lines.

  private boolean hasLine(ByteQueue input) throws RespFormatException {
    if (searched == 0 && !input.isEmpty()) {
      checkType(input);
    }
    int end = input.indexOf((byte) '\r', searched);
    searched = end >= 0 ? end : input.size();
    if (searched > limits.line()) {
      throw new RespFormatException("a line of more than " + limits.line() + " bytes");
    }
    if (end >= 0 && input.has(end + 2)) {
      if (input.peekByte(end + 1) != '\n') {
        throw malformed("a CR without LF", input);
      }
      return true;
    }
    return false;
  }

  private static void checkType(ByteQueue input) throws RespFormatException {
    if ("+-:$*_#,(!=%~>|".indexOf(input.peekByte(0)) < 0) {
      throw malformed("no type of a reply; is this a Redis server?", input);
    }
  }

  /// Takes the line that ends at [#searched].
  ///
  /// @return null if it begins something larger
  private @Nullable Reply takeLine(ByteQueue input) throws RespFormatException {
    int end = searched;
    searched = 0;
    byte type = input.peekByte(0);
    return switch (type) {
      case '$', '=', '!' -> beginBulk(type, takeLength(input, end));
      case '*', '~', '>', '%', '|' -> beginAggregate(type, takeLength(input, end));
      case ':' -> new Reply.Int(takeNumber(input, end));
      case '+' -> isOk(input, end) ? OK : new Reply.SimpleString(takeText(input, end));
      default -> scalar(type, takeText(input, end));
    };
  }

  private static boolean isOk(ByteQueue input, int end) {
    boolean ok = end == 3 && input.peekByte(1) == 'O' && input.peekByte(2) == 'K';
    if (ok) {
      input.skip(5);
    }
    return ok;
  }

  private static String takeText(ByteQueue input, int end) throws RespFormatException {
    var line = input.take(end + 2).slice(1, end);
    if (line.indexOf((byte) '\n') >= 0) {
      throw new RespFormatException("a LF within a line: " + line);
    }
    return line.utf8();
  }

  private static Reply scalar(byte type, String text) throws RespFormatException {
    try {
      return switch (type) {
        case '-' -> new Reply.Failure(text);
        case ',' -> new Reply.Real(Values.parseDouble(text));
        case '(' -> new Reply.BigNumber(new BigInteger(text));
        case '_' -> constant(text, "", NULL);
        default ->
            text.equals("t") ? new Reply.Bool(true) : constant(text, "f", new Reply.Bool(false));
      };
    } catch (NumberFormatException e) {
      throw (RespFormatException)
          new RespFormatException((char) type + text + " is no value").initCause(e);
    }
  }

  private static Reply constant(String text, String expected, Reply value) {
    if (!text.equals(expected)) {
      throw new NumberFormatException("expected " + expected);
    }
    return value;
  }

  /// Takes a line of one number.
  private static long takeNumber(ByteQueue input, int end) throws RespFormatException {
    byte sign = input.peekByte(1);
    int at = sign == '-' || sign == '+' ? 2 : 1;
    if (at == end) {
      throw malformed("a number without digits", input);
    }
    long negative = 0; // there is one more of those
    for (; at < end; at++) {
      int digit = input.peekByte(at) - '0';
      if (digit < 0 || digit > 9) {
        throw malformed("no whole number", input);
      }
      if (negative < (Long.MIN_VALUE + digit) / 10) {
        throw malformed("a number of more than 64 bits", input);
      }
      negative = negative * 10 - digit;
    }
    if (sign != '-' && negative == Long.MIN_VALUE) {
      throw malformed("a number of more than 64 bits", input);
    }
    input.skip(end + 2);
    return sign == '-' ? negative : -negative;
  }

  /// Takes a length, of which only -1 is negative and says that there is no value.
  private static long takeLength(ByteQueue input, int end) throws RespFormatException {
    if (input.peekByte(1) == '?') {
      throw malformed("a value without a length, which no Redis sends", input);
    }
    long length = takeNumber(input, end);
    if (length < -1) {
      throw new RespFormatException("a length of " + length);
    }
    return length;
  }

  // Strings.

  private @Nullable Reply beginBulk(byte type, long length) throws RespFormatException {
    if (length == -1) {
      return nullOf(type, '$');
    }
    if (length > limits.bulk()) {
      throw new RespFormatException(
          "a string of " + length + " bytes, above the limit of " + limits.bulk());
    }
    bulkType = type;
    bulkLength = (int) length;
    return null;
  }

  private static Reply nullOf(byte type, char expected) throws RespFormatException {
    if (type != expected) {
      throw new RespFormatException("a length of -1 after '" + (char) type + "'");
    }
    return NULL;
  }

  /// @return null if it has not arrived
  private @Nullable Reply takeBulk(ByteQueue input) throws RespFormatException {
    int length = bulkLength;
    if (!input.has(length + 2)) {
      return null;
    }
    if (input.peekByte(length) != '\r' || input.peekByte(length + 1) != '\n') {
      throw malformed("a string of " + length + " bytes without CR LF behind", input);
    }
    bulkLength = NO_BULK;
    var value = input.take(length);
    input.skip(2);
    return switch (bulkType) {
      case '$' -> new Reply.Bulk(value);
      case '!' -> new Reply.Failure(value.utf8());
      default -> verbatim(value);
    };
  }

  private static Reply verbatim(Bytes value) throws RespFormatException {
    if (value.length() < 4 || value.byteAt(3) != ':') {
      throw new RespFormatException("a verbatim string without a format: " + value);
    }
    return new Reply.Verbatim(value.slice(0, 3).ascii(), value.slice(4));
  }

  // Arrays, maps and sets.

  private @Nullable Reply beginAggregate(byte type, long length) throws RespFormatException {
    if (length == -1) {
      return nullOf(type, '*');
    }
    long size = Aggregate.size(type, length);
    if (size > limits.elements() - elements) {
      throw new RespFormatException("a reply of more than " + limits.elements() + " elements");
    }
    elements += (int) size;
    if (size == 0) {
      return new Aggregate(type, 0).toReply();
    }
    if (open.size() == limits.depth()) {
      throw new RespFormatException("a reply nested deeper than " + limits.depth());
    }
    open.addLast(new Aggregate(type, (int) size));
    return null;
  }

  private static RespFormatException malformed(String what, ByteQueue input) {
    int shown = Math.min(input.size(), 32);
    var head = new byte[shown];
    for (int i = 0; i < shown; i++) {
      head[i] = input.peekByte(i);
    }
    return new RespFormatException(what + ": " + Bytes.wrap(head));
  }

  @Override
  public String toString() {
    return "RESP decoder" + (isInside() ? " inside a reply, at depth " + open.size() : "");
  }
}
