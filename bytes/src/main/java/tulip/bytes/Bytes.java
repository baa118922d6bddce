// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An immutable byte string: what a `byte[]` in a record or a map key should have been.
///
/// Equal when the bytes are equal; ordered as unsigned bytes, shorter first. Slices share their
/// parent's array, so a small slice keeps a large parent alive: `Bytes.copyOf(slice.toByteArray())`
/// parts them. Indices and lengths are in bytes; an index outside gives an
/// [IndexOutOfBoundsException]. May be used from any thread, and passed on in any way.
///
/// As keys in a [java.util.HashMap] they are safe with bytes chosen by an enemy: colliding keys can
/// be compared, so the map keeps them in trees.
public final class Bytes implements Comparable<Bytes> {
  /// No bytes.
  public static final Bytes EMPTY = new Bytes(Storage.EMPTY, 0, 0);

  private static final int SHOWN = 64; // bytes that toString renders

  private final byte[] array;
  private final int offset;
  private final int length;
  private int hash; // 0 until asked for; a race writes the same value twice

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /// Copies an array.
  ///
  /// @param source may be changed afterwards
  /// @return the bytes it held
  public static Bytes copyOf(byte[] source) {
    return copyOf(source, 0, source.length);
  }

  /// Copies a part of an array.
  ///
  /// @param source may be changed afterwards
  /// @param offset where the part begins
  /// @param length its size
  /// @return the bytes it held
  public static Bytes copyOf(byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    return wrap(Arrays.copyOfRange(source, offset, offset + length));
  }

  /// Copies what remains of a buffer.
  ///
  /// @param source keeps its position
  /// @return the bytes between its position and its limit
  public static Bytes copyOf(ByteBuffer source) {
    byte[] copy = new byte[source.remaining()];
    source.get(source.position(), copy);
    return wrap(copy);
  }

  /// Makes an array immutable by promise: it is not copied, and now belongs to the result.
  ///
  /// Only for an array that the caller made and lets go of. Whoever changes it later changes a
  /// value that others took for constant.
  ///
  /// @param owned is handed over
  /// @return its bytes
  public static Bytes wrap(byte[] owned) {
    return owned.length == 0 ? EMPTY : new Bytes(owned, 0, owned.length);
  }

  /// Wraps a part of an array, on the terms of [#wrap(byte[])] for the whole array.
  ///
  /// @param owned is handed over
  /// @param offset where the part begins
  /// @param length its size
  /// @return the bytes of the part
  public static Bytes wrap(byte[] owned, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, owned.length);
    return length == 0 ? EMPTY : new Bytes(owned, offset, length);
  }

  /// Reads pairs of hexadecimal digits.
  ///
  /// @param digits of either case, nothing between them
  /// @return one byte a pair
  /// @throws IllegalArgumentException if there is another character or an odd number of them
  public static Bytes ofHex(String digits) {
    return wrap(HexFormat.of().parseHex(digits));
  }

  /// Encodes ASCII.
  ///
  /// @param text characters up to U+007F
  /// @return one byte a character
  /// @throws IllegalArgumentException if there is a character that is not ASCII
  public static Bytes ofAscii(String text) {
    return wrap(Text.encode(text, 0x7F));
  }

  /// Encodes ISO 8859-1.
  ///
  /// @param text characters up to U+00FF
  /// @return one byte a character
  /// @throws IllegalArgumentException if there is a character above
  public static Bytes ofLatin1(String text) {
    return wrap(Text.encode(text, 0xFF));
  }

  /// Encodes UTF-8.
  ///
  /// @param text without lone surrogates
  /// @return its encoding
  /// @throws IllegalArgumentException if half a surrogate pair is missing
  public static Bytes ofUtf8(String text) {
    return wrap(Text.encodeUtf8(text));
  }

  /// Joins byte strings.
  ///
  /// @param parts in order
  /// @return all their bytes; a part itself where the others are empty
  /// @throws IllegalArgumentException for more than 2 GiB
  public static Bytes concat(Bytes... parts) {
    long total = 0;
    Bytes longest = EMPTY;
    for (Bytes part : parts) {
      total += part.length;
      longest = part.length > longest.length ? part : longest;
    }
    if (total == longest.length) {
      return longest;
    }
    if (total > Storage.MAX_ARRAY) {
      throw new IllegalArgumentException(total + " bytes do not fit into one array");
    }
    byte[] joined = new byte[(int) total];
    int at = 0;
    for (Bytes part : parts) {
      part.copyTo(joined, at);
      at += part.length;
    }
    return wrap(joined);
  }

  /// {@return how many bytes there are}
  public int length() {
    return length;
  }

  /// {@return whether there are none}
  public boolean isEmpty() {
    return length == 0;
  }

  /// {@return one byte, signed as in Java}
  ///
  /// @param index from 0
  public byte byteAt(int index) {
    return array[offset + Objects.checkIndex(index, length)];
  }

  /// {@return the bytes from here to the end, not copied}
  ///
  /// @param from 0 to the length
  public Bytes slice(int from) {
    return slice(from, length);
  }

  /// {@return the bytes from `from` to before `to`, not copied}
  ///
  /// @param from 0 to `to`
  /// @param to at most the length
  public Bytes slice(int from, int to) {
    Objects.checkFromToIndex(from, to, length);
    if (to - from == length) {
      return this;
    }
    return wrap(array, offset + from, to - from);
  }

  /// {@return the first index of a byte, or -1}
  ///
  /// @param wanted the byte
  public int indexOf(byte wanted) {
    return indexOf(wanted, 0);
  }

  /// {@return the first index of a byte, not before `from`, or -1}
  ///
  /// @param wanted the byte
  /// @param from 0 to the length
  public int indexOf(byte wanted, int from) {
    int start = offset + Objects.checkFromToIndex(from, length, length);
    return relative(Search.indexOf(array, start, offset + length, wanted));
  }

  /// {@return the first index where all of `wanted` stands, or -1}
  ///
  /// @param wanted if empty, it stands at once
  public int indexOf(Bytes wanted) {
    return indexOf(wanted, 0);
  }

  /// {@return the first index where all of `wanted` stands, not before `from`, or -1}
  ///
  /// @param wanted if empty, it stands at `from`
  /// @param from 0 to the length
  public int indexOf(Bytes wanted, int from) {
    int start = offset + Objects.checkFromToIndex(from, length, length);
    return relative(Search.indexOf(array, start, offset + length, wanted));
  }

  private int relative(int found) {
    return found < 0 ? -1 : found - offset;
  }

  /// {@return whether these bytes begin with those}
  ///
  /// @param prefix may be empty
  public boolean startsWith(Bytes prefix) {
    return prefix.length <= length && prefix.stands(array, offset);
  }

  /// {@return whether these bytes end with those}
  ///
  /// @param suffix may be empty
  public boolean endsWith(Bytes suffix) {
    return suffix.length <= length && suffix.stands(array, offset + length - suffix.length);
  }

  /// {@return whether all bytes are equal but for the case of the letters A to Z}
  ///
  /// @param other as header names are compared
  public boolean equalsIgnoreAsciiCase(Bytes other) {
    return length == other.length
        && Search.equalsIgnoreAsciiCase(array, offset, other.array, other.offset, length);
  }

  /// Compares secrets: in a time that depends on this length alone, not on where they differ.
  ///
  /// @param other of the same length, or else unequal at once
  /// @return whether all bytes are equal
  public boolean constantTimeEquals(Bytes other) {
    if (length != other.length) {
      return false;
    }
    int different = 0;
    for (int i = 0; i < length; i++) {
      different |= array[offset + i] ^ other.array[other.offset + i];
    }
    return different == 0;
  }

  /// Copies all bytes into an array.
  ///
  /// @param target has room for them
  /// @param at where the first one goes
  public void copyTo(byte[] target, int at) {
    System.arraycopy(array, offset, target, at, length);
  }

  /// {@return a new array with these bytes}
  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /// {@return a new read-only buffer over these bytes, not copied: its position is 0}
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
  }

  /// {@return a new reader at the first byte}
  public ByteReader reader() {
    return new ByteReader(this, array, offset, length);
  }

  /// {@return two lower-case hexadecimal digits a byte}
  public String hex() {
    return HexFormat.of().formatHex(array, offset, offset + length);
  }

  /// {@return the text, with U+FFFD for each byte that is not ASCII}
  public String ascii() {
    return new String(array, offset, length, StandardCharsets.US_ASCII);
  }

  /// {@return the text in ISO 8859-1, which cannot fail}
  public String latin1() {
    return new String(array, offset, length, StandardCharsets.ISO_8859_1);
  }

  /// {@return the text in UTF-8, with U+FFFD for what is not}
  public String utf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  /// Decodes UTF-8 and accepts nothing else.
  ///
  /// @return the text
  /// @throws MalformedException at the first byte that no valid text has there, or if a character
  ///   is cut off at the end
  public String utf8Strict() throws MalformedException {
    String text = utf8();
    if (text.indexOf('\uFFFD') >= 0) { // rare: a replacement, or one that was really sent
      var validator = new Utf8Validator();
      if (!validator.accept(this)) {
        throw new MalformedException("invalid UTF-8 at offset " + validator.accepted());
      }
      if (!validator.isComplete()) {
        throw new MalformedException("UTF-8 ends inside a character");
      }
    }
    return text;
  }

  /// Whether these bytes stand in an array at `at`, which must leave room for them.
  boolean stands(byte[] where, int at) {
    return Arrays.equals(array, offset, offset + length, where, at, at + length);
  }

  /// Adds these bytes to a queue.
  void appendTo(ByteQueue queue) {
    queue.put(array, offset, length);
  }

  /// Shows these bytes to a validator.
  boolean accept(Utf8Validator validator) {
    return validator.accept(array, offset, length);
  }

  /// Compares as unsigned bytes from the left; of two where one begins the other, it comes first.
  ///
  /// @param other any
  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(
        array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof Bytes that && length == that.length && that.stands(array, offset));
  }

  /// {@return what [Arrays#hashCode(byte[])] gives for these bytes}
  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = whole() ? Arrays.hashCode(array) : hashOfPart();
      hash = h;
    }
    return h;
  }

  private boolean whole() {
    return length == array.length;
  }

  private int hashOfPart() {
    int h = 1;
    for (int i = offset; i < offset + length; i++) {
      h = 31 * h + array[i];
    }
    return h;
  }

  /// {@return the first 64 bytes as Python would show them, such as `b"GET /\r\n"`}
  @Override
  public String toString() {
    return render(array, offset, length);
  }

  /// Renders a stretch of bytes for people.
  static String render(byte[] array, int offset, int length) {
    int shown = Math.min(length, SHOWN);
    var text = new StringBuilder(shown + 16).append("b\"");
    for (int i = offset; i < offset + shown; i++) {
      escape(array[i], text);
    }
    text.append('"');
    return shown == length ? text.toString() : text + "... " + length + " bytes";
  }

  private static void escape(byte b, StringBuilder text) {
    switch (b) {
      case '\r' -> text.append("\\r");
      case '\n' -> text.append("\\n");
      case '\t' -> text.append("\\t");
      case '"', '\\' -> text.append('\\').append((char) b);
      default -> {
        if (b >= ' ' && b < 0x7F) {
          text.append((char) b);
        } else {
          text.append("\\x").append(HexFormat.of().toHexDigits(b));
        }
      }
    }
  }
}
