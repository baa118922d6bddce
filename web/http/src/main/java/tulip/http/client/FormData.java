// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.http.fields.Parameters;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// A form as browsers send it: urlencoded, or in several parts as soon as there is a file (RFC
/// 7578).
///
/// ```java
/// http.post(url, FormData.of("name", "Anna").file("photo", path));
/// ```
///
/// Immutable.
public final class FormData implements Payload {
  private final Parameters fields;
  private final @Nullable MultipartPayload parts;
  private final Payload payload;

  private FormData(Parameters fields, @Nullable MultipartPayload parts) {
    this.fields = fields;
    this.parts = parts;
    payload = parts == null ? Payload.form(fields) : parts;
  }

  /// A form with fields.
  ///
  /// @param namesAndValues in turn
  public static FormData of(String... namesAndValues) {
    var fields = Parameters.of(namesAndValues);
    return new FormData(fields, null);
  }

  /// The same with a field more.
  public FormData field(String name, String value) {
    return parts == null
        ? new FormData(fields.and(name, value), null)
        : new FormData(fields, with(parts, name, value));
  }

  /// The same with a file, under its own name.
  ///
  /// @throws IOException if there is no such file
  public FormData file(String name, Path file) throws IOException {
    return file(name, String.valueOf(file.getFileName()), Payload.file(file));
  }

  /// The same with a file.
  ///
  /// @param filename as the server shall know it
  public FormData file(String name, String filename, Payload content) {
    var disposition =
        "form-data; name=\"" + escaped(name) + "\"; filename=\"" + escaped(filename) + "\"";
    return new FormData(fields, inParts().part(disposed(disposition), content));
  }

  private MultipartPayload inParts() {
    if (parts != null) {
      return parts;
    }
    var all = MultipartPayload.of("form-data");
    for (int i = 0; i < fields.size(); i++) {
      all = with(all, fields.name(i), fields.value(i));
    }
    return all;
  }

  private static MultipartPayload with(MultipartPayload parts, String name, String value) {
    return parts.part(
        disposed("form-data; name=\"" + escaped(name) + "\""),
        new WholePayload(null, Bytes.ofUtf8(value)));
  }

  private static Headers disposed(String value) {
    return Headers.builder().add(HeaderName.CONTENT_DISPOSITION, value).build();
  }

  /// As browsers write names: in UTF-8, without escapes but for a quote and line ends (the WHATWG's
  /// `multipart/form-data`).
  private static String escaped(String name) {
    var plain = name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    return Bytes.ofUtf8(plain).latin1();
  }

  /// What is sent.
  Payload encoded() {
    return payload;
  }

  @Override
  public @Nullable String contentType() {
    return payload.contentType();
  }

  @Override
  public long length() {
    return payload.length();
  }

  @Override
  public boolean isRepeatable() {
    return payload.isRepeatable();
  }

  @Override
  public void write(PayloadSink sink) throws IOException {
    payload.write(sink);
  }

  /// {@return the names of its fields}
  @Override
  public String toString() {
    return "form with " + fields;
  }
}
