// SPDX-License-Identifier: Apache-2.0
package tulip.memcached.protocol;

import java.util.Base64;
import tulip.bytes.Bytes;

/// How keys become bytes.
public enum KeyEncoding {
  /// UTF-8, without blanks and control characters: what every client understands.
  TEXT {
    @Override
    Bytes bytes(String key) {
      return Bytes.ofUtf8(key);
    }

    @Override
    Bytes onWire(Bytes raw) {
      int blank = indexOfBlank(raw);
      if (blank >= 0) {
        throw new IllegalArgumentException(
            "a key has no blanks or control characters, but byte "
                + blank
                + " of "
                + raw
                + " is one: use KeyEncoding.BINARY");
      }
      return raw;
    }
  },

  /// One byte a character, up to U+00FF ([Bytes#latin1]), and any byte: a key with blanks or
  /// control characters is sent in base64, for which 186 bytes are the most. Other clients find it
  /// if they know the `b` flag of the meta commands.
  BINARY {
    @Override
    Bytes bytes(String key) {
      return Bytes.ofLatin1(key);
    }

    @Override
    Bytes onWire(Bytes raw) {
      return indexOfBlank(raw) < 0
          ? raw
          : Bytes.wrap(Base64.getEncoder().encode(raw.toByteArray()));
    }
  };

  /// The longest key, in bytes as they are sent.
  public static final int MAX_LENGTH = 250;

  /// The key itself, from which the server for it is chosen.
  ///
  /// @throws IllegalArgumentException if the text has no such encoding
  abstract Bytes bytes(String key);

  /// The key as it is sent.
  ///
  /// @throws IllegalArgumentException if it cannot be
  abstract Bytes onWire(Bytes raw);

  /// Encodes a key for a command; the result is longer than `raw` if it is in base64.
  ///
  /// @throws IllegalArgumentException if it is empty or too long, or has bytes that it must not
  ///   have
  Bytes checked(Bytes raw) {
    var wire = onWire(raw);
    if (wire.isEmpty() || wire.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a key has 1 to " + MAX_LENGTH + " bytes as it is sent, not " + wire.length());
    }
    return wire;
  }

  /// Whether a byte ends a word of a command: a blank or a control character.
  static boolean isBlank(int b) {
    return b <= ' ' || b == 0x7F;
  }

  private static int indexOfBlank(Bytes key) {
    for (int i = 0; i < key.length(); i++) {
      if (isBlank(key.byteAt(i) & 0xFF)) {
        return i;
      }
    }
    return -1;
  }
}
