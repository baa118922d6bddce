// SPDX-License-Identifier: Apache-2.0
package tulip.bytes;

import java.util.Objects;

/// Checks that bytes are UTF-8 as they arrive, in pieces cut anywhere.
///
/// Strict (RFC 3629, Unicode 3.9 table 3-7): no overlong forms, no surrogates, nothing above
/// U+10FFFF. It fails at the first byte that no valid text can have there, not at the end of the
/// character, which is what WebSocket endpoints are tested for.
///
/// Theory of operation: a leading byte fixes how many continuation bytes follow, and for four
/// leading bytes also a narrower range for the first of them; later ones are always 80 to BF. So
/// the whole state is a count and a range. Not thread-safe.
public final class Utf8Validator {
  private int due; // continuation bytes that the character begun still lacks
  private int low; // the next of them is low..high
  private int high;
  private boolean broken;
  private long accepted;

  /// Makes one that has seen nothing, which is complete.
  public Utf8Validator() {}

  /// Checks the next piece.
  ///
  /// @param piece any bytes
  /// @return whether all bytes so far begin some valid text; once false, false until [#reset]
  public boolean accept(Bytes piece) {
    return piece.accept(this);
  }

  /// Checks the next piece, which lies in an array.
  ///
  /// @param array is only read
  /// @param offset where the piece begins
  /// @param length its size in bytes
  /// @return as [#accept(Bytes)]
  public boolean accept(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    if (broken) {
      return false;
    }
    int end = offset + length;
    int at = offset;
    while (at < end) {
      if (due == 0) {
        at = Search.skipAscii(array, at, end);
        if (at == end) {
          break;
        }
        broken = !begin(array[at] & 0xFF);
      } else {
        broken = !proceed(array[at] & 0xFF);
      }
      if (broken) {
        break;
      }
      at++;
    }
    accepted += at - offset;
    return !broken;
  }

  /// {@return whether the bytes so far are valid text that does not end inside a character}
  public boolean isComplete() {
    return !broken && due == 0;
  }

  /// {@return how many bytes were good: the offset of the first bad byte, if there is one}
  public long accepted() {
    return accepted;
  }

  /// Forgets everything, for the next text.
  public void reset() {
    due = 0;
    broken = false;
    accepted = 0;
  }

  private boolean begin(int lead) {
    if (lead < 0xC2 || lead > 0xF4) { // C0 and C1 would be overlong, 80 to BF continue nothing
      return false;
    }
    due = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    low =
        switch (lead) {
          case 0xE0 -> 0xA0; // below: overlong
          case 0xF0 -> 0x90; // below: overlong
          default -> 0x80;
        };
    high =
        switch (lead) {
          case 0xED -> 0x9F; // above: surrogates
          case 0xF4 -> 0x8F; // above: beyond U+10FFFF
          default -> 0xBF;
        };
    return true;
  }

  private boolean proceed(int next) {
    if (next < low || next > high) {
      return false;
    }
    low = 0x80;
    high = 0xBF;
    due--;
    return true;
  }
}
