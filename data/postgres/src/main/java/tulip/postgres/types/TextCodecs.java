// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import tulip.bytes.ByteWriter;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;
import tulip.sql.Json;

/// Texts, and what is one on the wire.
final class TextCodecs {
  /// The version that `jsonb` and `jsonpath` begin with.
  private static final int VERSION = 1;

  static final TypeCodec TEXT = TypeCodec.of(BackendReader::takeText, TextCodecs::putText);

  /// Anything that is read and written as PostgreSQL prints it.
  static final TypeCodec PRINTED =
      new TypeCodec() {
        @Override
        public Object decode(BackendReader in) throws PostgresFormatException {
          return in.takeText();
        }

        @Override
        public void encode(Object value, ByteWriter out) {
          putText(value, out);
        }

        @Override
        public boolean isText() {
          return true;
        }
      };

  static final TypeCodec JSON =
      TypeCodec.of(in -> new Json(in.takeText()), (value, out) -> putText(value, out));

  static final TypeCodec JSONB =
      TypeCodec.of(
          in -> {
            checkVersion(in);
            return new Json(in.takeText());
          },
          (value, out) -> putText(value, out.putByte(VERSION)));

  static final TypeCodec JSONPATH =
      TypeCodec.of(
          in -> {
            checkVersion(in);
            return in.takeText();
          },
          (value, out) -> putText(value, out.putByte(VERSION)));

  /// The type `"char"`: one byte, or none for zero.
  static final TypeCodec CHAR =
      TypeCodec.of(
          in -> {
            int c = in.takeByte() & 0xFF;
            return c == 0 ? "" : String.valueOf((char) c);
          },
          TextCodecs::putChar);

  private TextCodecs() {}

  private static void checkVersion(BackendReader in) throws PostgresFormatException {
    int version = in.takeByte();
    if (version != VERSION) {
      throw new PostgresFormatException("version " + version + " of a JSON type is not known");
    }
  }

  private static void putText(Object value, ByteWriter out) {
    var text = text(value);
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("PostgreSQL has no texts with the character U+0000");
    }
    out.putUtf8(text);
  }

  private static String text(Object value) {
    return switch (value) {
      case String text -> text;
      case Json json -> json.text();
      case Enum<?> constant -> constant.name();
      case Character character -> character.toString();
      case CharSequence text -> text.toString();
      default -> throw Values.unfit(value, "text");
    };
  }

  private static void putChar(Object value, ByteWriter out) {
    var text = text(value);
    if (text.length() > 1 || (!text.isEmpty() && text.charAt(0) > 0x7F)) {
      throw new IllegalArgumentException("'" + text + "' is more than one ASCII character");
    }
    out.putByte(text.isEmpty() ? 0 : text.charAt(0));
  }
}
