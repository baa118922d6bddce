// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.protocol;

import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;

/// Reads the server's messages where they lie, in the queue of what has come: nothing is copied but
/// the values that are taken out.
///
/// [#next] goes to the next message, and drops the one before. The `take` methods walk through its
/// fields; going beyond its end, or beyond that of a field that was entered with [#enter], is an
/// error of the server's. The queue must not be touched by others in between.
///
/// After a [PostgresFormatException] a reader is good for nothing. Not thread-safe.
public final class BackendReader {
  /// The type, and the length that counts itself.
  private static final int HEADER = 5;

  /// So many fields may be within each other, as records and arrays are.
  private static final int DEPTH = 100;

  private final ByteQueue input;
  private final int limit;

  /// How much of the queue is the present message.
  private int size;

  /// Offsets from the head of the queue: of the next byte, and of the end of what is read.
  private int at;

  private int end;

  /// How many fields were entered and not left.
  private int depth;

  /// @param input where what has come is gathered
  /// @param limit how long a message may be, in bytes
  public BackendReader(ByteQueue input, int limit) {
    this.input = input;
    this.limit = limit;
  }

  /// Goes to the next message.
  ///
  /// @return false if it has not come in full
  /// @throws PostgresFormatException if it is too long
  public boolean next() throws PostgresFormatException {
    if (size > 0) {
      input.skip(Math.min(size, input.size())); // a stream that was aborted has dropped all
      size = 0;
      at = 0;
      end = 0;
      depth = 0;
    }
    if (!input.has(HEADER)) {
      return false;
    }
    int length = input.peekInt(1);
    if (length < 4 || length > limit) {
      throw new PostgresFormatException(
          "a message of "
              + Integer.toUnsignedLong(length)
              + " bytes and type "
              + printable(input.peekByte(0))
              + ", where 4 to "
              + limit
              + " are allowed; is this a PostgreSQL server?");
    }
    if (!input.has(1 + length)) {
      return false;
    }
    size = 1 + length;
    at = HEADER;
    end = size;
    return true;
  }

  /// The type of the message: a letter or digit.
  public char type() {
    return (char) input.peekUnsignedByte(0);
  }

  /// The length of the message, with its type.
  public int size() {
    return size;
  }

  /// How many bytes are left, of the message or of the field that was entered.
  public int remaining() {
    return end - at;
  }

  /// Goes into a field, beyond whose end nothing is taken until [#leave].
  ///
  /// @param length of the field in bytes
  /// @return what to give to [#leave]
  /// @throws PostgresFormatException if there are not so many bytes, or too many fields within each
  ///   other
  public int enter(int length) throws PostgresFormatException {
    check(length);
    if (depth == DEPTH) {
      throw new PostgresFormatException("more than " + DEPTH + " fields within each other");
    }
    depth++;
    int outer = end;
    end = at + length;
    return outer;
  }

  /// Goes out of a field, of which all must have been taken.
  ///
  /// @param outer what [#enter] has returned
  /// @throws PostgresFormatException if something is left
  public void leave(int outer) throws PostgresFormatException {
    if (at != end) {
      throw new PostgresFormatException((end - at) + " bytes more than a value has");
    }
    depth--;
    end = outer;
  }

  /// As [#leave], where what is left does not matter.
  ///
  /// @param outer what [#enter] has returned
  public void abandon(int outer) {
    at = end;
    end = outer;
    depth--;
  }

  /// The next byte, signed as in Java.
  ///
  /// @throws PostgresFormatException if there is none
  public byte takeByte() throws PostgresFormatException {
    check(1);
    return input.peekByte(at++);
  }

  /// Two bytes.
  ///
  /// @throws PostgresFormatException if there are not so many
  public short takeShort() throws PostgresFormatException {
    return (short) takeUnsignedShort();
  }

  /// Two bytes as 0 to 65535.
  ///
  /// @throws PostgresFormatException if there are not so many
  public int takeUnsignedShort() throws PostgresFormatException {
    check(2);
    int value = input.peekUnsignedShort(at);
    at += 2;
    return value;
  }

  /// Four bytes.
  ///
  /// @throws PostgresFormatException if there are not so many
  public int takeInt() throws PostgresFormatException {
    check(4);
    int value = input.peekInt(at);
    at += 4;
    return value;
  }

  /// Eight bytes.
  ///
  /// @throws PostgresFormatException if there are not so many
  public long takeLong() throws PostgresFormatException {
    check(8);
    long value = input.peekLong(at);
    at += 8;
    return value;
  }

  /// A copy of some bytes.
  ///
  /// @throws PostgresFormatException if there are not so many
  public Bytes take(int n) throws PostgresFormatException {
    check(n);
    var bytes = input.peek(at, n);
    at += n;
    return bytes;
  }

  /// Text of so many bytes of UTF-8.
  ///
  /// @throws PostgresFormatException if there are not so many
  public String takeText(int n) throws PostgresFormatException {
    check(n);
    var text = input.peekUtf8(at, n);
    at += n;
    return text;
  }

  /// All that is left, as text.
  ///
  /// @throws PostgresFormatException never
  public String takeText() throws PostgresFormatException {
    return takeText(remaining());
  }

  /// Text that ends with a zero byte.
  ///
  /// @throws PostgresFormatException if there is none
  public String takeString() throws PostgresFormatException {
    int zero = input.indexOf((byte) 0, at);
    if (zero < 0 || zero >= end) {
      throw new PostgresFormatException("a string without an end in a message of type " + type());
    }
    var text = takeText(zero - at);
    at++;
    return text;
  }

  /// How many elements follow, none of which has fewer bytes than `least`.
  ///
  /// @param count as the server says
  /// @throws PostgresFormatException if there are not so many bytes
  public int checkCount(int count, int least) throws PostgresFormatException {
    if (count < 0 || (long) count * least > remaining()) {
      throw new PostgresFormatException(
          count + " elements in " + remaining() + " bytes of a message of type " + type());
    }
    return count;
  }

  private void check(int n) throws PostgresFormatException {
    if (n < 0 || n > end - at) {
      throw new PostgresFormatException(
          n
              + " bytes wanted of a message of type "
              + type()
              + ", of which "
              + remaining()
              + " are left");
    }
  }

  private static String printable(byte type) {
    return type > ' ' && type < 0x7F ? "'" + (char) type + "'" : Integer.toString(type);
  }
}
