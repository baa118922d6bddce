// SPDX-License-Identifier: Apache-2.0
package tulip.memcached.protocol;

import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.memcached.protocol.Reply.Code;
import tulip.memcached.protocol.Reply.Recache;

/// A reader of the words of one reply, where they lie.
final class MetaLine {
  private final ByteQueue input;
  private final int length;
  private int at = 2;
  private int flags;
  private long cas;
  private boolean won;
  private boolean stale;
  private boolean taken;

  /// @param length of the line without CR LF, at least 2
  MetaLine(ByteQueue input, int length) {
    this.input = input;
    this.length = length;
  }

  int length() {
    return length;
  }

  /// Whether the first word is this return code.
  boolean isCode(char first, char second) {
    return input.peekUnsignedShort(0) == (first << 8 | second)
        && (length == 2 || input.peekByte(2) == ' ');
  }

  /// Reads a word of digits.
  long readNumber() throws MalformedException {
    if (at >= length) {
      throw new MalformedException("a value without a size");
    }
    at++;
    return readDigits();
  }

  /// Reads the digits up to the next blank, as an unsigned number of 64 bits.
  private long readDigits() throws MalformedException {
    long value = 0;
    int begin = at;
    for (; at < length && input.peekByte(at) != ' '; at++) {
      int digit = input.peekByte(at) - '0';
      if (digit < 0 || digit > 9 || at - begin == 20) {
        throw new MalformedException("no number: " + input.take(length));
      }
      value = value * 10 + digit;
    }
    if (at == begin || (at - begin == 20 && value >= 0)) { // it went round
      throw new MalformedException("no number of 64 bits: " + input.take(length));
    }
    return value;
  }

  /// Reads the flags up to the end of the line.
  void readFlags() throws MalformedException {
    while (at < length) {
      at++; // the blank
      if (at < length) {
        readFlag(input.peekByte(at++));
      }
    }
  }

  private void readFlag(byte letter) throws MalformedException {
    switch (letter) {
      case 'f' -> flags = (int) readDigits();
      case 'c' -> cas = readDigits();
      case 'W' -> won = true;
      case 'X' -> stale = true;
      case 'Z' -> taken = true;
      default -> skipWord();
    }
  }

  private void skipWord() {
    while (at < length && input.peekByte(at) != ' ') {
      at++;
    }
  }

  Reply toReply(Code code, Bytes value) {
    var recache = won || stale || taken ? new Recache(won, stale, taken) : Recache.NONE;
    return new Reply.Meta(code, value, flags, cas, recache);
  }
}
