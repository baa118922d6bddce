// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import tulip.bytes.Bytes;
import tulip.http.coding.ContentCoding;
import tulip.http.fields.EntityTag;
import tulip.http.fields.SetCookie;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.ResponseHead;
import tulip.http.protocol.Status;
import tulip.net.ByteStream;

/// What is answered: a status, fields and a body.
///
/// ```java
/// return Response.text("made").status(201).header("Location", "/things/7");
/// ```
///
/// Immutable: the methods that change something make another response. One that is always the same
/// can be kept and answered many times. The server adds Date, the length or the chunks, and what is
/// to be said about the connection.
public final class Response {
  private static final Headers NONE = Headers.EMPTY;
  private static final Headers TEXT = contentType("text/plain; charset=utf-8");
  private static final Headers HTML = contentType("text/html; charset=utf-8");
  private static final Headers JSON = contentType("application/json");
  private static final Headers BINARY = contentType("application/octet-stream");

  /// Makes a body piece by piece, while it is sent.
  @FunctionalInterface
  public interface Writer {
    /// Writes all of the body. In the task of the connection.
    ///
    /// @throws Exception to break the connection off, so that the client does not take what it got
    ///   for the whole; it goes to the loop's exception handler
    void write(BodySink sink) throws Exception;
  }

  /// Another protocol, in which a connection goes on: see [#switchProtocols].
  @FunctionalInterface
  public interface Protocol {
    /// Speaks it to the end of the connection. In the task of the connection; what the client has
    /// said in it already is in the stream's input. The stream is closed behind it.
    ///
    /// @throws Exception to break the connection off; it goes to the loop's exception handler,
    ///   unless it is an [IOException]
    void speak(ByteStream stream) throws Exception;
  }

  private final ResponseHead head;
  private final Body body;

  private Response(Status status, Headers headers, Body body) {
    this(ResponseHead.of(status, headers), body);
  }

  private Response(ResponseHead head, Body body) {
    this.head = head;
    this.body = body;
  }

  private static Headers contentType(String value) {
    return Headers.EMPTY.with(HeaderName.CONTENT_TYPE, value);
  }

  // ---- making ----

  /// Text, as UTF-8.
  public static Response text(String text) {
    return whole(TEXT, Bytes.ofUtf8(text));
  }

  /// A page, as UTF-8. What comes from users must be escaped in it.
  public static Response html(String page) {
    return whole(HTML, Bytes.ofUtf8(page));
  }

  /// A value as JSON, with the codec that is [JsonCodec#provided].
  ///
  /// @throws IllegalArgumentException if it cannot be written
  public static Response json(Object value) {
    return json(value, JsonCodec.provided());
  }

  /// A value as JSON.
  ///
  /// @throws IllegalArgumentException if it cannot be written
  public static Response json(Object value, JsonCodec codec) {
    return whole(JSON, codec.encode(value));
  }

  /// Bytes without a type of their own.
  public static Response bytes(Bytes body) {
    return whole(BINARY, body);
  }

  /// Bytes of a type.
  ///
  /// @param contentType such as `image/png`
  public static Response bytes(String contentType, Bytes body) {
    return whole(contentType(contentType), body);
  }

  private static Response whole(Headers headers, Bytes body) {
    return new Response(Status.OK, headers, new Body.Whole(body));
  }

  /// A status and nothing else.
  public static Response empty(Status status) {
    return new Response(status, NONE, new Body.Whole(Bytes.EMPTY));
  }

  /// Sends the client elsewhere, where it is to GET: 303 See Other.
  ///
  /// @param location a path or a URI, percent-encoded
  public static Response redirect(String location) {
    return redirect(Status.SEE_OTHER, location);
  }

  /// Sends the client elsewhere.
  ///
  /// @param status of 3xx
  /// @param location a path or a URI, percent-encoded
  public static Response redirect(Status status, String location) {
    if (!status.isRedirection()) {
      throw new IllegalArgumentException(status + " is no redirection");
    }
    return empty(status).header(HeaderName.LOCATION, location);
  }

  /// A body that is made while it is sent: in chunks, or for clients of HTTP/1.0 to the end of the
  /// connection. For HEAD the writer is not called.
  ///
  /// @param contentType such as `text/event-stream`
  public static Response stream(String contentType, Writer writer) {
    return stream(contentType, -1, writer);
  }

  /// A body of a known length that is made while it is sent.
  ///
  /// @param contentType such as `video/mp4`
  /// @param length which the writer must write exactly; -1 if it is not known
  public static Response stream(String contentType, long length, Writer writer) {
    if (length < -1) {
      throw new IllegalArgumentException("a body of " + length + " bytes");
    }
    return new Response(Status.OK, contentType(contentType), new Body.Streamed(length, writer));
  }

  /// Goes on in another protocol: 101 Switching Protocols.
  ///
  /// @param name as the request's Upgrade field calls it
  /// @param protocol takes the connection over, after this response
  public static Response switchProtocols(String name, Protocol protocol) {
    var headers = Headers.builder().add(HeaderName.UPGRADE, name).build();
    return new Response(Status.SWITCHING_PROTOCOLS, headers, new Body.Switched(protocol));
  }

  /// Server-sent events, for `EventSource` in browsers: they go on until the writer returns. It is
  /// cancelled when the client goes away, and when the server ends. Every 15 s a comment is sent,
  /// so that nobody on the way takes the connection for dead.
  ///
  /// @param request what asks for them
  public static Response events(Request request, EventSink.Writer writer) {
    return events(request, EventSink.PING, writer);
  }

  /// Server-sent events, with another time between comments.
  public static Response events(Request request, Duration ping, EventSink.Writer writer) {
    return EventSink.response(request, ping, writer);
  }

  /// A file: all of it, or the range that the request asks for; 304 if the client has it, 412 or
  /// 416 if it thinks otherwise of it. The type follows from the file's name. Waits until the file
  /// was looked at.
  ///
  /// @param request what asks for it
  /// @param file as the program says; for names from clients there is [WebApp#files]
  /// @throws HttpError 404 if there is no such file, and for the answers that are errors
  /// @throws IOException if it cannot be looked at
  public static Response file(Request request, Path file) throws IOException {
    return FileAnswer.of(request, file).response();
  }

  /// A part of a file, all of which must be there when it is sent.
  static Response filePart(Status status, Headers headers, Path file, long position, long length) {
    return new Response(status, headers, new Body.FilePart(file, position, length));
  }

  // ---- changing ----

  /// The same with another status.
  ///
  /// @param code 100 to 599
  public Response status(int code) {
    return status(Status.of(code));
  }

  /// The same with another status.
  public Response status(Status status) {
    return new Response(status, headers(), body);
  }

  /// The same with a field, in place of others of that name.
  ///
  /// @param name a token
  /// @param value ISO 8859-1 without control characters
  /// @throws IllegalArgumentException if it cannot be sent
  public Response header(String name, String value) {
    return header(HeaderName.of(name), value);
  }

  /// The same with a field, in place of others of that name.
  public Response header(HeaderName name, String value) {
    return headers(headers().with(name, value));
  }

  /// The same with other fields.
  public Response headers(Headers headers) {
    return new Response(status(), headers, body);
  }

  /// The same with a cookie more.
  public Response cookie(SetCookie cookie) {
    return headers(headers().toBuilder().add(HeaderName.SET_COOKIE, cookie.format()).build());
  }

  /// The same, which depends on a field of the request as well: caches are told by Vary.
  public Response vary(HeaderName name) {
    var known = headers().list(HeaderName.VARY);
    boolean said =
        known.contains("*") || known.stream().anyMatch(name.toString()::equalsIgnoreCase);
    if (said) {
      return this;
    }
    return headers(headers().toBuilder().add(HeaderName.VARY, name.toString()).build());
  }

  /// The same with its body in a content coding, whatever the client accepts:
  /// [tulip.http.middleware.Compression] chooses. What is in memory is encoded at once, for which a
  /// task waits if it is much; the rest while it is sent. Its tag becomes weak, since the bytes are
  /// others.
  ///
  /// @throws IllegalStateException if it is in a coding already, a part of something, or has no
  ///   body
  public Response encoded(ContentCoding coding) {
    if (headers().contains(HeaderName.CONTENT_ENCODING)
        || headers().contains(HeaderName.CONTENT_RANGE)
        || status().isWithoutBody()) {
      throw new IllegalStateException("no body that could be encoded: " + this);
    }
    var fields = headers().toBuilder().remove(HeaderName.CONTENT_LENGTH);
    fields.add(HeaderName.CONTENT_ENCODING, coding.name()).remove(HeaderName.ACCEPT_RANGES);
    var tag = headers().first(HeaderName.ETAG);
    var parsed = tag == null ? null : EntityTag.parse(tag);
    if (parsed != null) {
      fields.set(HeaderName.ETAG, new EntityTag(parsed.tag(), true).toString());
    }
    return new Response(status(), fields.build(), EncodedBody.of(body, coding))
        .vary(HeaderName.ACCEPT_ENCODING);
  }

  // ---- looking ----

  /// The status.
  public Status status() {
    return head.status();
  }

  /// The fields, without those that the server adds.
  public Headers headers() {
    return head.headers();
  }

  /// How many bytes the body has, or -1 if that is not known ahead.
  public long length() {
    return switch (body) {
      case Body.Whole whole -> whole.bytes().length();
      case Body.Streamed streamed -> streamed.length();
      case Body.FilePart part -> part.length();
      case Body.Switched _ -> 0;
    };
  }

  ResponseHead head() {
    return head;
  }

  Body body() {
    return body;
  }

  boolean hasBodyOf(Response other) {
    return body.equals(other.body);
  }

  /// {@return status and fields}
  @Override
  public String toString() {
    return status() + " " + headers();
  }
}
