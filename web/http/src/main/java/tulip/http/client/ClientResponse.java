// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.JsonCodec;
import tulip.http.fields.ContentDisposition;
import tulip.http.fields.Link;
import tulip.http.fields.MediaType;
import tulip.http.fields.SetCookie;
import tulip.http.multipart.MultipartLimits;
import tulip.http.multipart.MultipartReader;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.ResponseHead;
import tulip.http.protocol.Status;
import tulip.http.protocol.Version;
import tulip.net.ByteStream;

/// What a server has answered: the head is there, the body comes when it is read.
///
/// [#bytes], [#text] and [#skip] read all of the body, and the connection is free for others then;
/// so are those that have no body. In all other cases close the response:
///
/// ```java
/// try (var response = http.get(url)) {
///   for (Bytes piece; (piece = response.body().read()) != null; ) {
///     ...
///   }
/// }
/// ```
///
/// For any task of the session's loop, one at a time.
public final class ClientResponse implements AutoCloseable {
  private final ClientRequest request;
  private final ResponseHead head;
  private final ResponseBody body;
  private final List<Hop> history;
  private final int limit;
  private final @Nullable Exchange exchange;
  private @Nullable Bytes content;

  /// A redirection that was followed.
  ///
  /// @param request what was asked
  /// @param head what was answered
  public record Hop(ClientRequest request, ResponseHead head) {}

  private ClientResponse(
      ClientRequest request,
      ResponseHead head,
      ResponseBody body,
      List<Hop> history,
      int limit,
      @Nullable Exchange exchange) {
    this.request = request;
    this.head = head;
    this.body = body;
    this.history = history;
    this.limit = limit;
    this.exchange = exchange;
  }

  /// A response that comes from elsewhere: from a middleware, for instance.
  public static ClientResponse of(ClientRequest request, ResponseHead head, ResponseBody body) {
    return new ClientResponse(request, head, body, List.of(), Integer.MAX_VALUE, null);
  }

  /// A response on a connection.
  static ClientResponse of(Exchange exchange, ResponseHead head, ResponseBody body, int limit) {
    return new ClientResponse(exchange.request(), head, body, List.of(), limit, exchange);
  }

  /// The same with another head or body, for middleware. This one must not be used then.
  public ClientResponse with(ResponseHead head, ResponseBody body) {
    return new ClientResponse(request, head, body, history, limit, exchange);
  }

  ClientResponse after(List<Hop> history) {
    return history.isEmpty()
        ? this
        : new ClientResponse(request, head, body, List.copyOf(history), limit, exchange);
  }

  // ---- the head ----

  /// How it went.
  public Status status() {
    return head.status();
  }

  /// Whether it is 2xx.
  public boolean isSuccess() {
    return status().isSuccess();
  }

  /// The head as it came.
  public ResponseHead head() {
    return head;
  }

  /// What the server speaks.
  public Version version() {
    return head.version();
  }

  /// All fields.
  public Headers headers() {
    return head.headers();
  }

  /// The first field of a name, or null.
  public @Nullable String header(HeaderName name) {
    return headers().first(name);
  }

  /// The first field of a name, or null.
  public @Nullable String header(String name) {
    return headers().first(name);
  }

  /// What was asked last, after all redirections.
  public ClientRequest request() {
    return request;
  }

  /// Who has answered: the URL after all redirections.
  public Url url() {
    return request.url();
  }

  /// The redirections that were followed, the first one in front.
  public List<Hop> history() {
    return history;
  }

  /// The cookies that this response sets.
  public List<SetCookie> cookies() {
    var cookies = new ArrayList<SetCookie>();
    for (var text : headers().all(HeaderName.SET_COOKIE)) {
      var cookie = SetCookie.parse(text);
      if (cookie != null) {
        cookies.add(cookie);
      }
    }
    return cookies;
  }

  /// What the body is, or null if it does not say.
  public @Nullable MediaType contentType() {
    var text = header(HeaderName.CONTENT_TYPE);
    return text == null ? null : MediaType.parse(text);
  }

  /// How the body is to be shown or saved, or null.
  public @Nullable ContentDisposition contentDisposition() {
    var text = header(HeaderName.CONTENT_DISPOSITION);
    return text == null ? null : ContentDisposition.parse(text);
  }

  /// What this is linked to (RFC 8288).
  public List<Link> links() {
    return Link.parse(headers());
  }

  /// Whether the server had all of the request before it answered.
  public boolean isUploadComplete() {
    return exchange == null || exchange.isUploaded();
  }

  /// This response if it is no error.
  ///
  /// @throws StatusException for 4xx and 5xx; the response is closed
  public ClientResponse raiseForStatus() throws StatusException {
    if (status().isError()) {
      close();
      throw new StatusException(request.toString(), status(), headers());
    }
    return this;
  }

  // ---- the body ----

  /// The body, piece by piece; content codings are undone, unless the request says otherwise.
  public ResponseBody body() {
    return body;
  }

  /// All of the body. The second call gives the same again.
  ///
  /// @throws ContentException if it is larger than [ClientOptions#content]
  /// @throws IOException if it does not come to its end
  public Bytes bytes() throws IOException {
    return bytes(limit);
  }

  /// All of the body.
  ///
  /// @param most how many bytes, decoded
  /// @throws ContentException if it is larger
  /// @throws IOException if it does not come to its end
  public Bytes bytes(int most) throws IOException {
    if (content == null) {
      content = readAll(most);
    }
    return content;
  }

  private Bytes readAll(int most) throws IOException {
    try (this) {
      var first = body.read();
      if (first == null) {
        return Bytes.EMPTY;
      }
      checked(first, 0, most);
      var piece = body.read();
      if (piece == null) {
        return first;
      }
      var all = new ByteWriter(most).put(first);
      for (; piece != null; piece = body.read()) {
        all.put(checked(piece, all.size(), most));
      }
      return all.toBytes();
    }
  }

  private Bytes checked(Bytes piece, int held, int most) throws ContentException {
    if (piece.length() > most - held) {
      throw new ContentException(
          request + ": the body is above the limit of " + most + " bytes; read it in pieces");
    }
    return piece;
  }

  /// All of the body as text, in the charset that is named, or UTF-8. Malformed bytes become
  /// U+FFFD.
  ///
  /// @throws IOException as [#bytes()]
  public String text() throws IOException {
    var type = contentType();
    return text(charset(type == null ? null : type.charset()));
  }

  /// All of the body as text in a charset, whatever the server says.
  ///
  /// @throws IOException as [#bytes()]
  public String text(Charset charset) throws IOException {
    var bytes = bytes();
    return charset.equals(StandardCharsets.UTF_8)
        ? bytes.utf8()
        : new String(bytes.toByteArray(), charset);
  }

  /// All of the body, which is JSON, as a value, with the codec that is [JsonCodec#provided].
  ///
  /// @param type a class, a record, an array of them
  /// @throws ContentException if the server calls it something else, or it does not fit the type
  /// @throws IOException as [#bytes()]
  public <T> T json(Class<T> type) throws IOException {
    return json(type, JsonCodec.provided());
  }

  /// All of the body, which is JSON, as a value. For JSON that the server calls something else,
  /// there is [JsonCodec#decode] for [#bytes()].
  ///
  /// @throws IOException as [#json(Class)]
  public <T> T json(Class<T> type, JsonCodec codec) throws IOException {
    var said = contentType();
    if (said == null || !said.isJson()) {
      throw new ContentException(
          request + ": the answer is no JSON but " + (said == null ? "of no type" : said));
    }
    try {
      return codec.decode(bytes(), type);
    } catch (MalformedException e) {
      throw new ContentException(request + ": " + e.getMessage(), e);
    }
  }

  private static Charset charset(@Nullable String name) {
    try {
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalArgumentException _) {
      return StandardCharsets.UTF_8; // one that nobody knows says nothing
    }
  }

  /// The parts of a body that has several, as they come.
  ///
  /// @throws ContentException if it is something else
  public MultipartReader multipart() throws ContentException {
    var reader =
        MultipartReader.of(
            contentType(),
            body::read,
            MultipartLimits.DEFAULT,
            why -> {
              throw new ContentException(request + ": " + why.getMessage(), why);
            });
    if (reader == null) {
      close();
      throw new ContentException(request + ": no body of several parts, but " + contentType());
    }
    return reader;
  }

  /// Reads to the end of the body and keeps nothing of it.
  ///
  /// @throws IOException if it does not come to its end
  public void skip() throws IOException {
    try (this) {
      while (body.read() != null) {
        // only its end is wanted
      }
    }
  }

  /// The connection, which speaks another protocol now: after 101. What the server has sent in that
  /// protocol is the first in its input. It is the caller's, and closed by it alone.
  ///
  /// @throws IllegalStateException if the server has not switched protocols
  public ByteStream upgrade() {
    if (exchange == null || status().code() != Status.SWITCHING_PROTOCOLS.code()) {
      throw new IllegalStateException("the server speaks HTTP still: " + this);
    }
    return exchange.takeStream();
  }

  /// Ends the response. If not all of its body has come, the connection is closed; that never
  /// waits.
  @Override
  public void close() {
    body.close();
  }

  /// {@return request and status}
  @Override
  public String toString() {
    return request + ": " + status();
  }
}
