// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import java.util.Objects;

/// Walks through one complete message that came from a peer.
///
/// Unlike in a [ByteQueue], nothing more will arrive: reading past the end means that the peer
/// built the message wrongly, so it gives a [MalformedException], and the reader stays where it
/// was. Get one from [Bytes#reader]. Not thread-safe; the bytes themselves do not change.
public final class ByteReader {
  private final Bytes message;
  private final byte[] array;
  private final int start;
  private final int end;
  private int next;

  ByteReader(Bytes message, byte[] array, int offset, int length) {
    this.message = message;
    this.array = array;
    this.start = offset;
    this.end = offset + length;
    this.next = offset;
  }

  /// {@return how many bytes are left}
  public int remaining() {
    return end - next;
  }

  /// {@return the offset of the next byte in the message}
  public int position() {
    return next - start;
  }

  /// Goes to another place, such as one that a DNS name points to.
  ///
  /// @param position from 0 to the message's length
  /// @throws MalformedException if that is outside
  public void position(int position) throws MalformedException {
    if (position < 0 || position > end - start) {
      throw new MalformedException(
          "offset " + position + " is outside a message of " + (end - start) + " bytes");
    }
    next = start + position;
  }

  /// Goes on by some bytes.
  ///
  /// @param n how many; a negative length from a peer is malformed too
  /// @throws MalformedException if fewer are left
  public void skip(int n) throws MalformedException {
    advance(n);
  }

  /// {@return the next byte, signed as in Java}
  ///
  /// @throws MalformedException if none is left
  public byte takeByte() throws MalformedException {
    return array[advance(1)];
  }

  /// {@return the next byte as 0 to 255}
  ///
  /// @throws MalformedException if none is left
  public int takeUnsignedByte() throws MalformedException {
    return array[advance(1)] & 0xFF;
  }

  /// {@return the next two bytes in network order as 0 to 65535}
  ///
  /// @throws MalformedException if fewer are left
  public int takeUnsignedShort() throws MalformedException {
    return Words.getUnsignedShort(array, advance(2));
  }

  /// {@return the next two bytes, low one first, as 0 to 65535}
  ///
  /// @throws MalformedException if fewer are left
  public int takeUnsignedShortLE() throws MalformedException {
    return Words.getUnsignedShortLE(array, advance(2));
  }

  /// {@return the next four bytes in network order}
  ///
  /// @throws MalformedException if fewer are left
  public int takeInt() throws MalformedException {
    return Words.getInt(array, advance(4));
  }

  /// {@return the next four bytes, lowest first}
  ///
  /// @throws MalformedException if fewer are left
  public int takeIntLE() throws MalformedException {
    return Words.getIntLE(array, advance(4));
  }

  /// {@return the next eight bytes in network order}
  ///
  /// @throws MalformedException if fewer are left
  public long takeLong() throws MalformedException {
    return Words.getLong(array, advance(8));
  }

  /// {@return the next eight bytes, lowest first}
  ///
  /// @throws MalformedException if fewer are left
  public long takeLongLE() throws MalformedException {
    return Words.getLongLE(array, advance(8));
  }

  /// Reads an unsigned LEB128 number: seven bits a byte, lowest first, the top bit says "more".
  ///
  /// @return 64 bits, to be read as unsigned
  /// @throws MalformedException if it does not end in time or has more than 64 bits
  public long takeVarint() throws MalformedException {
    long value = 0;
    int at = next;
    for (int shift = 0; at < end; shift += 7) {
      byte b = array[at++];
      if (shift == 63 && (b & 0xFE) != 0) { // the tenth byte has one bit to give
        throw new MalformedException("a variable-length number of more than 64 bits");
      }
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        next = at;
        return value;
      }
    }
    throw new MalformedException("a variable-length number without an end");
  }

  /// {@return the next bytes, not copied}
  ///
  /// @param n how many; a negative length from a peer is malformed too
  /// @throws MalformedException if fewer are left
  public Bytes take(int n) throws MalformedException {
    int at = advance(n) - start;
    return message.slice(at, at + n);
  }

  /// Reads up to a delimiter, which is passed over: a string that ends with a zero byte.
  ///
  /// @param delimiter the byte after the last one wanted
  /// @return the bytes before it, not copied
  /// @throws MalformedException if it is not there
  public Bytes takeUntil(byte delimiter) throws MalformedException {
    int at = Search.indexOf(array, next, end, delimiter);
    if (at < 0) {
      throw new MalformedException(
          "no byte %02x from offset %d on".formatted(delimiter, position()));
    }
    Bytes before = message.slice(next - start, at - start);
    next = at + 1;
    return before;
  }

  /// {@return all bytes that are left, not copied, and goes to the end}
  public Bytes takeRest() {
    Bytes rest = message.slice(position());
    next = end;
    return rest;
  }

  private int advance(int n) throws MalformedException {
    int at = next;
    if (n < 0 || n > end - at) {
      throw new MalformedException(
          n + " bytes wanted at offset " + position() + ", " + remaining() + " left");
    }
    next = at + n;
    return at;
  }

  /// {@return the position and the message, for people}
  @Override
  public String toString() {
    return "ByteReader[at " + position() + " of " + Objects.toString(message) + "]";
  }
}
