// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Ascii;

/// How a body is to be shown, and under what name it is to be saved (RFC 6266).
///
/// @param type such as `attachment` or `form-data`; small letters
/// @param parameters such as `name`; as they came, names in small letters
public record ContentDisposition(String type, Map<String, String> parameters) {
  private static final String UNESCAPED = "!#$&+-.^_`|~"; // attr-char of RFC 8187, besides letters

  /// Reads the value of a Content-Disposition.
  ///
  /// @return null if it is none
  public static @Nullable ContentDisposition parse(String text) {
    var reader = new FieldReader(text);
    var type = reader.lowerToken();
    var parameters = reader.parameters();
    return reader.isGood() ? new ContentDisposition(type, parameters) : null;
  }

  /// A body to be saved under this name. Names that are not ASCII are sent in both forms.
  public static ContentDisposition attachment(String filename) {
    boolean plain = filename.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    var ascii = filename.replaceAll("[^ -~]", "_");
    return new ContentDisposition(
        "attachment",
        plain
            ? Map.of("filename", filename)
            : new TreeMap<>(Map.of("filename", ascii, "filename*", encode(filename))));
  }

  /// The name to save it under, or null: the last part of what was sent, since a path of the sender
  /// must not become one here. Never empty, `.` or `..`.
  public @Nullable String filename() {
    var extended = parameters.get("filename*");
    var name = extended == null ? null : decode(extended);
    if (name == null) {
      name = parameters.get("filename");
    }
    return name == null ? null : lastPart(name);
  }

  private static @Nullable String lastPart(String path) {
    var name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    boolean harmless = !name.isEmpty() && !name.equals(".") && !name.equals("..");
    return harmless && name.chars().noneMatch(Character::isISOControl) ? name : null;
  }

  private static String encode(String text) {
    var encoded = new StringBuilder("UTF-8''");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b > 0 && (Character.isLetterOrDigit(b) || UNESCAPED.indexOf(b) >= 0);
      encoded.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b));
    }
    return encoded.toString();
  }

  /// Reads a value of RFC 8187: `UTF-8'language'percent-encoded`.
  private static @Nullable String decode(String value) {
    int first = value.indexOf('\'');
    int second = value.indexOf('\'', first + 1);
    if (second < 0 || !value.substring(0, first).equalsIgnoreCase("UTF-8")) {
      return null;
    }
    var bytes = new ByteArrayOutputStream();
    for (int i = second + 1; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '%') {
        int high = hex(value, ++i);
        int low = hex(value, ++i);
        if (high < 0 || low < 0) {
          return null;
        }
        bytes.write(high << 4 | low);
      } else {
        bytes.write(c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int hex(String text, int at) {
    return at < text.length() && text.charAt(at) < 0x80
        ? Ascii.hexValue((byte) text.charAt(at))
        : -1;
  }

  /// {@return as it is sent}
  @Override
  public String toString() {
    return type + FieldWriter.parameters(parameters);
  }
}
