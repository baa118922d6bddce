// SPDX-License-Identifier: Apache-2.0
package tulip.memcached.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;

/// Puts commands into bytes.
///
/// ```java
/// out.command(Command.MS, "greeting").size(5).flag('T', 60).end().value(Bytes.ofUtf8("hello"));
/// ```
///
/// Methods return this encoder. Between messages it keeps little storage. Not thread-safe.
public final class RequestEncoder {
  /// Values from this size on are not copied into the message.
  private static final int LARGE = 8 * 1024;

  /// Room for a command with all its flags and a small value.
  private static final int LIMIT = LARGE + 4 * 1024;

  private static final Bytes CRLF = Bytes.ofAscii("\r\n");

  private final KeyEncoding keys;
  private final ByteWriter out = new ByteWriter(LIMIT);
  private final ArrayList<Bytes> parts = new ArrayList<>(0);
  private boolean base64;

  /// Makes one.
  ///
  /// @param keys how it encodes keys
  public RequestEncoder(KeyEncoding keys) {
    this.keys = keys;
  }

  /// Begins a message with a meta command.
  ///
  /// @param command which one
  /// @param key is checked and encoded
  /// @return this
  /// @throws IllegalArgumentException if the key cannot be sent
  public RequestEncoder command(Command command, String key) {
    clear();
    out.putAscii(command.word()).putByte(' ');
    if (!putPlain(key)) {
      putKey(keys.bytes(key));
    }
    return this;
  }

  /// Writes a key in one go if it is plain ASCII, as almost all are.
  private boolean putPlain(String key) {
    int length = key.length();
    if (length == 0 || length > KeyEncoding.MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = key.charAt(i);
      if (c <= ' ' || c >= 0x7F) {
        return false;
      }
    }
    out.putAscii(key);
    return true;
  }

  private void putKey(Bytes raw) {
    var wire = keys.checked(raw);
    base64 = wire.length() != raw.length();
    out.put(wire);
  }

  /// Begins a message with a command of words: `stats items`, `mn`.
  ///
  /// @param words without line ends
  /// @return this
  /// @throws IllegalArgumentException if something else than printable ASCII is in it
  public RequestEncoder line(String words) {
    clear();
    if (!words.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      throw new IllegalArgumentException("a command is one line of printable ASCII: " + words);
    }
    out.putAscii(words);
    return end();
  }

  /// Says how large the value is that follows the command.
  ///
  /// @param size in bytes
  /// @return this
  public RequestEncoder size(int size) {
    out.putByte(' ').putDecimal(size);
    return this;
  }

  /// Adds a flag.
  ///
  /// @param letter its name
  /// @return this
  public RequestEncoder flag(char letter) {
    out.putByte(' ').putByte(letter);
    return this;
  }

  /// Adds a flag with a number.
  ///
  /// @param letter its name
  /// @param value its token, as an unsigned number
  /// @return this
  public RequestEncoder flag(char letter, long value) {
    flag(letter);
    if (value < 0) {
      out.putAscii(Long.toUnsignedString(value));
    } else {
      out.putDecimal(value);
    }
    return this;
  }

  /// Adds a flag whose token is a letter: the mode.
  ///
  /// @param letter its name
  /// @param token its token
  /// @return this
  public RequestEncoder flag(char letter, char token) {
    flag(letter);
    out.putByte(token);
    return this;
  }

  /// Ends the line of the command.
  ///
  /// @return this
  public RequestEncoder end() {
    if (base64) {
      flag('b');
    }
    out.put(CRLF);
    return this;
  }

  /// Adds the value behind the line.
  ///
  /// @param value of the size that was said
  /// @return this
  public RequestEncoder value(Bytes value) {
    if (value.length() < LARGE) {
      out.put(value);
    } else {
      parts.add(out.toBytes());
      parts.add(value);
      out.clear();
    }
    out.put(CRLF);
    return this;
  }

  /// Forgets the message.
  public void clear() {
    out.clear();
    parts.clear();
    base64 = false;
  }

  /// Whether the message has a large value, so that [#parts] must be asked.
  public boolean isLarge() {
    return !parts.isEmpty();
  }

  /// {@return a message without a large value, in a buffer that is valid until the next call}
  public ByteBuffer buffer() {
    return out.view();
  }

  /// {@return any message, in pieces}
  public List<Bytes> parts() {
    var all = new ArrayList<>(parts);
    all.add(out.toBytes());
    clear();
    return all;
  }
}
