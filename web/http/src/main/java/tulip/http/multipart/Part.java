// SPDX-License-Identifier: Apache-2.0
package tulip.http.multipart;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.http.fields.ContentDisposition;
import tulip.http.fields.MediaType;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// One part of a body, whose content comes when it is read.
public final class Part {
  private final MultipartReader reader;
  private final Headers headers;
  private boolean ended;

  Part(MultipartReader reader, Headers headers) {
    this.reader = reader;
    this.headers = headers;
  }

  /// Its fields.
  public Headers headers() {
    return headers;
  }

  /// What it is, or null if it does not say: text, then.
  public @Nullable MediaType contentType() {
    var text = headers.first(HeaderName.CONTENT_TYPE);
    return text == null ? null : MediaType.parse(text);
  }

  /// The name of the form's field, or null.
  public @Nullable String name() {
    var disposition = disposition();
    var name = disposition == null ? null : disposition.parameters().get("name");
    return name == null ? null : unescaped(name);
  }

  /// The name of the file, or null if it is none: the last part of what was sent, never a path.
  public @Nullable String filename() {
    var disposition = disposition();
    var name = disposition == null ? null : disposition.filename();
    return name == null ? null : unescaped(name);
  }

  /// As browsers write it: in UTF-8, without escapes but for a quote and line ends.
  private @Nullable ContentDisposition disposition() {
    var text = headers.first(HeaderName.CONTENT_DISPOSITION);
    return text == null
        ? null
        : ContentDisposition.parse(Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1)).utf8());
  }

  private static String unescaped(String name) {
    return name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
  }

  /// Reads what has come, at least one byte.
  ///
  /// @return null at the end
  /// @throws IOException if it does not come to its end
  public @Nullable Bytes read() throws IOException {
    var piece = ended ? null : reader.read();
    ended = piece == null;
    return piece;
  }

  /// Reads all of it, or the rest.
  ///
  /// @param most how many bytes
  /// @throws IOException if it is larger, or does not come to its end
  public Bytes bytes(int most) throws IOException {
    var all = new ByteWriter(Math.max(1, most));
    for (Bytes piece; (piece = read()) != null; ) {
      if (piece.length() > most - all.size()) {
        throw reader.tooLarge(most);
      }
      all.put(piece);
    }
    return all.toBytes();
  }

  /// Reads all of it as text, in the charset that it names, or UTF-8.
  ///
  /// @throws IOException as [#bytes]
  public String text(int most) throws IOException {
    var type = contentType();
    var name = type == null ? null : type.charset();
    var bytes = bytes(most);
    try {
      return name == null ? bytes.utf8() : new String(bytes.toByteArray(), Charset.forName(name));
    } catch (IllegalArgumentException _) {
      return bytes.utf8();
    }
  }

  /// Its own parts, if it is a body of several parts itself; else null.
  public @Nullable MultipartReader parts() {
    return reader.nested(this);
  }

  /// Passes over the rest of it.
  ///
  /// @throws IOException if it does not come to its end
  public void skip() throws IOException {
    while (read() != null) {
      // only its end is wanted
    }
  }

  /// {@return its fields}
  @Override
  public String toString() {
    return "part " + headers;
  }
}
