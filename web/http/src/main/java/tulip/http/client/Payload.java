// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.http.JsonCodec;
import tulip.http.fields.Parameters;

/// The body of a request.
public interface Payload {
  /// No body.
  Payload NONE = new WholePayload(null, Bytes.EMPTY);

  /// Makes a body piece by piece, while it is sent.
  @FunctionalInterface
  interface Writer {
    /// Writes all of the body. In a task of its own; it is cancelled when the server does not want
    /// the rest.
    void write(PayloadSink sink) throws IOException;
  }

  /// What Content-Type says, if the request does not say otherwise; null for nothing.
  @Nullable String contentType();

  /// How many bytes there will be, or -1 if that is not known; it is sent in chunks then.
  long length();

  /// Whether it can be sent again: after a redirection, or on another connection.
  boolean isRepeatable();

  /// Writes all of it.
  void write(PayloadSink sink) throws IOException;

  /// Bytes.
  static Payload bytes(Bytes content) {
    return bytes("application/octet-stream", content);
  }

  /// Bytes of a type.
  ///
  /// @param contentType such as `image/png`
  static Payload bytes(String contentType, Bytes content) {
    return new WholePayload(contentType, content);
  }

  /// Text, as UTF-8.
  static Payload text(String text) {
    return bytes("text/plain; charset=utf-8", Bytes.ofUtf8(text));
  }

  /// A value as JSON, with the codec that is [JsonCodec#provided].
  ///
  /// @throws IllegalArgumentException if it cannot be written
  static Payload json(Object value) {
    return json(value, JsonCodec.provided());
  }

  /// A value as JSON.
  ///
  /// @throws IllegalArgumentException if it cannot be written
  static Payload json(Object value, JsonCodec codec) {
    return ofJson(codec.encode(value));
  }

  /// JSON that is text already.
  static Payload jsonText(String text) {
    return ofJson(Bytes.ofUtf8(text));
  }

  private static Payload ofJson(Bytes text) {
    return bytes("application/json", text);
  }

  /// A form without files.
  static Payload form(Parameters fields) {
    return bytes(
        "application/x-www-form-urlencoded",
        Bytes.wrap(fields.format().getBytes(StandardCharsets.US_ASCII)));
  }

  /// A file, whose length counts when this is called. Blocks for a moment.
  ///
  /// @throws IOException if there is no such file
  static Payload file(Path file) throws IOException {
    return new FilePayload(file, Files.size(file));
  }

  /// A body that is made while it is sent, once.
  ///
  /// @param contentType such as `text/csv`
  static Payload stream(String contentType, Writer writer) {
    return stream(contentType, -1, writer);
  }

  /// A body of a known length that is made while it is sent, once.
  static Payload stream(String contentType, long length, Writer writer) {
    return new StreamedPayload(contentType, length, false, writer);
  }
}
