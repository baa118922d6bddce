// SPDX-License-Identifier: Apache-2.0
package tulip.memcached.protocol;

import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.memcached.protocol.Reply.Code;
import tulip.memcached.protocol.Reply.Fault;

/// Makes replies of bytes.
///
/// Strict: lines end with CR LF, values with the CR LF that their size says. Flags that nobody
/// knows are passed over, since servers learn new ones. Not thread-safe.
public final class ReplyDecoder {
  /// The longest line, in bytes; those of memcached are far below.
  public static final int MAX_LINE = 4 * 1024;

  private final int maxValue;

  /// There is no reply before so many bytes are here.
  private int needed;

  /// So many bytes have been searched for the end of the line.
  private int searched;

  /// Makes one.
  ///
  /// @param maxValue the largest value that is accepted, in bytes
  public ReplyDecoder(int maxValue) {
    this.maxValue = maxValue;
  }

  /// Takes a reply.
  ///
  /// @param input what was received; only the bytes of a whole reply are taken
  /// @return `null` if more bytes are needed
  /// @throws MalformedException if a memcached server would not say that; nothing after it can be
  ///   understood
  public @Nullable Reply decode(ByteQueue input) throws MalformedException {
    if (!input.has(needed)) {
      return null;
    }
    int end = input.indexOf((byte) '\n', searched);
    if (end < 0 || end > MAX_LINE) {
      return needMoreOfLine(input);
    }
    searched = end;
    if (end < 3 || input.peekByte(end - 1) != '\r') {
      throw new MalformedException("a line of a reply ends with CR LF and says something");
    }
    var reply = reply(input, new MetaLine(input, end - 1));
    if (reply != null) {
      searched = 0;
      needed = 0;
    }
    return reply;
  }

  private @Nullable Reply needMoreOfLine(ByteQueue input) throws MalformedException {
    if (input.size() > MAX_LINE) {
      throw new MalformedException("a line of a reply is longer than " + MAX_LINE + " bytes");
    }
    searched = input.size();
    return null;
  }

  private @Nullable Reply reply(ByteQueue input, MetaLine line) throws MalformedException {
    if (line.isCode('V', 'A')) {
      return value(input, line);
    }
    for (var code : CODES) {
      if (line.isCode(code.name().charAt(0), code.name().charAt(1))) {
        line.readFlags();
        input.skip(line.length() + 2);
        return line.toReply(code, Bytes.EMPTY);
      }
    }
    var text = input.take(line.length()).utf8();
    input.skip(2);
    return classic(text);
  }

  private static final Code[] CODES = {Code.HD, Code.EN, Code.NS, Code.EX, Code.NF, Code.MN};

  private @Nullable Reply value(ByteQueue input, MetaLine line) throws MalformedException {
    long size = line.readNumber();
    if (size > maxValue) {
      throw new MalformedException("a value of " + size + " bytes, " + maxValue + " are the limit");
    }
    int whole = line.length() + 2 + (int) size + 2;
    if (!input.has(whole)) {
      needed = whole;
      return null;
    }
    if (input.peekUnsignedShort(whole - 2) != ('\r' << 8 | '\n')) {
      throw new MalformedException("CR LF is missing behind a value of " + size + " bytes");
    }
    line.readFlags();
    input.skip(line.length() + 2);
    var value = input.take((int) size);
    input.skip(2);
    return line.toReply(Code.VA, value);
  }

  private static Reply classic(String text) throws MalformedException {
    int blank = text.indexOf(' ');
    var word = blank < 0 ? text : text.substring(0, blank);
    var rest = blank < 0 ? "" : text.substring(blank + 1);
    return switch (word) {
      case "ERROR" -> new Reply.Failure(Fault.UNKNOWN_COMMAND, rest);
      case "CLIENT_ERROR" -> new Reply.Failure(Fault.CLIENT, rest);
      case "SERVER_ERROR" -> new Reply.Failure(Fault.SERVER, rest);
      case "STAT", "VERSION", "OK", "END", "RESET", "STORED", "ME" -> new Reply.Line(word, rest);
      default -> throw new MalformedException("no reply of memcached begins so: " + shown(word));
    };
  }

  private static String shown(String word) {
    return Bytes.ofUtf8(word.substring(0, Math.min(word.length(), 20))).toString();
  }
}
