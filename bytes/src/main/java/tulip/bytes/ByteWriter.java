// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/// Puts a message together, byte by byte, number by number.
///
/// Append only, except for a number whose value is known later: [#reserveInt] and [#patchInt].
/// Numbers and short strings go straight into the array, with no object in between. Every method
/// either appends all or, beyond the limit ([LimitExceededException]) or for text that cannot be
/// encoded ([IllegalArgumentException]), changes nothing. Methods return this writer.
///
/// One writer serves many messages, one after the other: [#toBytes] or [#drainTo(ByteQueue)], then
/// start again; between messages it keeps at most 1 KiB. Not thread-safe.
public final class ByteWriter {
  private static final int KEPT = 1024; // storage that outlives a message
  private static final int SHORT = 32; // characters; the JDK's encoders take longer text faster

  private final int limit;
  private byte[] array = Storage.EMPTY;
  private int size;

  /// Makes an empty writer.
  ///
  /// @param limit the most it may hold, 1 to 2^31 - 9 bytes
  public ByteWriter(int limit) {
    this.limit = Storage.checkLimit(limit);
  }

  /// {@return how many bytes were written}
  public int size() {
    return size;
  }

  /// {@return the most it may hold}
  public int limit() {
    return limit;
  }

  /// {@return the size of the array it keeps at the moment}
  public int capacity() {
    return array.length;
  }

  // ---- numbers ----

  /// Writes one byte.
  ///
  /// @param value its low eight bits count
  /// @return this
  public ByteWriter putByte(int value) {
    int at = extend(1);
    array[at] = (byte) value;
    return this;
  }

  /// Writes two bytes in network order.
  ///
  /// @param value its low sixteen bits count
  /// @return this
  public ByteWriter putShort(int value) {
    int at = extend(2);
    Words.putShort(array, at, value);
    return this;
  }

  /// Writes two bytes, low one first.
  ///
  /// @param value its low sixteen bits count
  /// @return this
  public ByteWriter putShortLE(int value) {
    int at = extend(2);
    Words.putShortLE(array, at, value);
    return this;
  }

  /// Writes four bytes in network order.
  ///
  /// @param value any
  /// @return this
  public ByteWriter putInt(int value) {
    int at = extend(4);
    Words.putInt(array, at, value);
    return this;
  }

  /// Writes four bytes, lowest first.
  ///
  /// @param value any
  /// @return this
  public ByteWriter putIntLE(int value) {
    int at = extend(4);
    Words.putIntLE(array, at, value);
    return this;
  }

  /// Writes eight bytes in network order.
  ///
  /// @param value any
  /// @return this
  public ByteWriter putLong(long value) {
    int at = extend(8);
    Words.putLong(array, at, value);
    return this;
  }

  /// Writes eight bytes, lowest first.
  ///
  /// @param value any
  /// @return this
  public ByteWriter putLongLE(long value) {
    int at = extend(8);
    Words.putLongLE(array, at, value);
    return this;
  }

  /// Writes an unsigned LEB128 number: seven bits a byte, lowest first, the top bit says "more".
  ///
  /// @param value 64 bits taken as unsigned: a negative one takes ten bytes
  /// @return this
  public ByteWriter putVarint(long value) {
    int length = (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    int at = extend(length);
    long rest = value;
    for (int i = 1; i < length; i++) {
      array[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[at] = (byte) rest;
    return this;
  }

  /// Writes a number in decimal digits, with a minus sign if it needs one.
  ///
  /// @param value any
  /// @return this
  public ByteWriter putDecimal(long value) {
    // Negative numbers reach one further than positive ones, so all are handled as negative.
    long rest = value < 0 ? value : -value;
    int at = extend(decimalLength(rest) + (value < 0 ? 1 : 0));
    if (value < 0) {
      array[at] = '-';
    }
    int to = size;
    do {
      array[--to] = (byte) ('0' - rest % 10);
      rest /= 10;
    } while (rest != 0);
    return this;
  }

  /// Writes a number in lower-case hexadecimal digits, as few as it needs.
  ///
  /// @param value 64 bits taken as unsigned
  /// @return this
  public ByteWriter putHex(long value) {
    int digits = (67 - Long.numberOfLeadingZeros(value | 1)) / 4;
    int at = extend(digits);
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      array[at++] = (byte) Character.forDigit((int) (value >>> shift) & 0xF, 16);
    }
    return this;
  }

  private static int decimalLength(long negative) {
    long power = -10;
    for (int length = 1; length < 19; length++) {
      if (negative > power) {
        return length;
      }
      power *= 10;
    }
    return 19;
  }

  // ---- bytes and text ----

  /// Writes a copy of an array.
  ///
  /// @param source is only read
  /// @return this
  public ByteWriter put(byte[] source) {
    return put(source, 0, source.length);
  }

  /// Writes a copy of a part of an array.
  ///
  /// @param source is only read
  /// @param offset where the part begins
  /// @param length its size
  /// @return this
  public ByteWriter put(byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    int at = extend(length);
    System.arraycopy(source, offset, array, at, length);
    return this;
  }

  /// Writes a byte string.
  ///
  /// @param source any
  /// @return this
  public ByteWriter put(Bytes source) {
    int at = extend(source.length());
    source.copyTo(array, at);
    return this;
  }

  /// Writes one byte a character.
  ///
  /// @param text characters up to U+007F; one above is an [IllegalArgumentException]
  /// @return this
  public ByteWriter putAscii(String text) {
    makeRoom(text.length());
    if (text.length() > SHORT) {
      return put(Bytes.ofAscii(text));
    }
    size += Text.encode(text, 0x7F, array, size);
    return this;
  }

  /// Writes one byte a character.
  ///
  /// @param text characters up to U+00FF; one above is an [IllegalArgumentException]
  /// @return this
  public ByteWriter putLatin1(String text) {
    makeRoom(text.length());
    if (text.length() > SHORT) {
      return put(Bytes.ofLatin1(text));
    }
    size += Text.encode(text, 0xFF, array, size);
    return this;
  }

  /// Writes text in UTF-8.
  ///
  /// @param text half a surrogate pair in it is an [IllegalArgumentException]
  /// @return this
  public ByteWriter putUtf8(String text) {
    makeRoom(text.length()); // no character takes less than a byte
    if (text.length() > SHORT) {
      return put(Bytes.ofUtf8(text));
    }
    int ascii = Text.encodePrefix(text, 0x7F, array, size);
    if (ascii == text.length()) {
      size += ascii;
      return this;
    }
    makeRoom(Text.utf8Length(text));
    size += Text.encodeUtf8(text, array, size);
    return this;
  }

  // ---- a length that is known later ----

  /// Leaves two bytes free.
  ///
  /// @return where they are, for [#patchShort]
  public int reserveShort() {
    return extend(2);
  }

  /// Fills two bytes in network order.
  ///
  /// @param at from [#reserveShort], within the same message
  /// @param value its low sixteen bits count
  public void patchShort(int at, int value) {
    checkPatch(at, 2);
    Words.putShort(array, at, value);
  }

  /// Leaves four bytes free.
  ///
  /// @return where they are, for [#patchInt]
  public int reserveInt() {
    return extend(4);
  }

  /// Fills four bytes in network order, usually with a length: `patchInt(at, size() - at)`.
  ///
  /// @param at from [#reserveInt], within the same message
  /// @param value any
  public void patchInt(int at, int value) {
    checkPatch(at, 4);
    Words.putInt(array, at, value);
  }

  private void checkPatch(int at, int n) {
    if (at < 0 || at > size - n) {
      throw new IndexOutOfBoundsException(
          n + " bytes at offset " + at + " of " + size + " cannot be patched");
    }
  }

  // ---- the finished message ----

  /// {@return a copy of what was written; the writer keeps it too, until [#clear]}
  public Bytes toBytes() {
    return Bytes.copyOf(array, 0, size);
  }

  /// {@return what was written, not copied: a read-only buffer that the next call here makes void}
  public ByteBuffer view() {
    return ByteBuffer.wrap(array, 0, size).asReadOnlyBuffer();
  }

  /// Moves all that was written to the tail of a queue, or nothing if that would exceed its limit.
  ///
  /// @param target is usually what a stream will send
  public void drainTo(ByteQueue target) {
    target.put(array, 0, size);
    clear();
  }

  /// Moves all that was written into a buffer, or nothing if it does not fit
  /// ([java.nio.BufferOverflowException]).
  ///
  /// @param target its position moves on
  public void drainTo(ByteBuffer target) {
    target.put(array, 0, size);
    clear();
  }

  /// Forgets what was written.
  public void clear() {
    size = 0;
    if (array.length > KEPT) {
      array = Storage.EMPTY;
    }
  }

  /// Adds `n` bytes to the size, whose content the caller fills in.
  ///
  /// @return where they begin
  private int extend(int n) {
    makeRoom(n);
    int at = size;
    size += n;
    return at;
  }

  private void makeRoom(int n) {
    if (n > limit - size) {
      throw new LimitExceededException(limit, size, n);
    }
    if (n > array.length - size) {
      array = Arrays.copyOf(array, Storage.grow(array.length, size + n, limit));
    }
  }

  /// {@return the size, the limit and the first bytes, for people}
  @Override
  public String toString() {
    return "ByteWriter[" + size + " of " + limit + ": " + Bytes.render(array, 0, size) + "]";
  }
}
