// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.fields.Cookie;
import tulip.http.fields.MediaType;
import tulip.http.fields.Parameters;
import tulip.http.fields.Percent;
import tulip.http.multipart.MultipartLimits;
import tulip.http.multipart.MultipartReader;
import tulip.http.protocol.Authority;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Method;
import tulip.http.protocol.RequestHead;
import tulip.http.protocol.RequestTarget;
import tulip.http.protocol.Status;
import tulip.net.Attribute;
import tulip.net.ByteStream;

/// A request, whose head has been received and whose body comes when it is read.
///
/// For the task that handles it, and for others in its place until it is answered.
public final class Request {
  /// More are refused: nobody fills in so many fields.
  private static final int MOST_PARAMETERS = 1000;

  private final RequestHead head;
  private final ByteStream stream;
  private final RequestBody body;
  private int mountedAt;
  private PathValues pathValues = PathValues.NONE;
  private @Nullable String path;
  private @Nullable Parameters query;
  private @Nullable List<Cookie> cookies;
  private @Nullable Bytes content;
  private @Nullable Parameters form;
  private @Nullable Map<Attribute<?>, Object> attributes;

  private @Nullable RequestOrigin origin;

  Request(RequestHead head, ByteStream stream, RequestBody body) {
    this.head = head;
    this.stream = stream;
    this.body = body;
    body.head(head.headers());
  }

  private Request(RequestHead head, Request same) {
    this.head = head;
    stream = same.stream;
    body = same.body;
    content = same.content;
    attributes = same.kept();
    mountedAt = same.mountedAt;
  }

  /// The same request with another head, for the layers inside: another path, for example. Both
  /// share the body and what was [#set].
  public Request with(RequestHead head) {
    return new Request(head, this);
  }

  // ---- the first line ----

  /// What it wants done.
  public Method method() {
    return head.method();
  }

  /// The head as it was received.
  public RequestHead head() {
    return head;
  }

  /// The path as it was sent, percent-encoded; `*` for all of the server.
  public String rawPath() {
    return switch (head.target()) {
      case RequestTarget.Origin origin -> origin.path();
      case RequestTarget.Absolute absolute -> absolute.path().isEmpty() ? "/" : absolute.path();
      case RequestTarget.Tunnel _ -> "";
      case RequestTarget.Asterisk asterisk -> asterisk.toString();
    };
  }

  /// The path, decoded: for people and comparisons. Where a slash was part of a name, that cannot
  /// be seen any more.
  ///
  /// @throws HttpError 400 if it is wrongly encoded
  public String path() {
    if (path == null) {
      try {
        path = Percent.decode(rawPath());
      } catch (MalformedException e) {
        throw HttpError.of(Status.BAD_REQUEST, e);
      }
    }
    return path;
  }

  /// The query as it was sent, or null if there is none.
  public @Nullable String rawQuery() {
    return switch (head.target()) {
      case RequestTarget.Origin origin -> origin.query();
      case RequestTarget.Absolute absolute -> absolute.query();
      default -> null;
    };
  }

  /// The query.
  ///
  /// @throws HttpError 400 if it is wrongly encoded
  public Parameters query() {
    if (query == null) {
      var raw = rawQuery();
      query = raw == null ? Parameters.NONE : parse(raw);
    }
    return query;
  }

  /// The first value of a name of the query, or null.
  public @Nullable String query(String name) {
    return query().first(name);
  }

  // ---- what the path's pattern says ----

  /// Where the slash stands behind which the application begins that is to answer.
  int mountedAt() {
    return mountedAt;
  }

  void mountedAt(int slash) {
    mountedAt = slash;
  }

  void pathValues(PathValues values) {
    pathValues = values;
  }

  /// The value that stands for `{name}` in the path, decoded.
  ///
  /// @throws IllegalArgumentException if the route has no such name
  public String pathValue(String name) {
    return pathValues.get(name);
  }

  /// The value that stands for `{name:int}` in the path.
  ///
  /// @throws HttpError 404 if it is no number or too large
  public int pathInt(String name) {
    try {
      return Integer.parseInt(pathValue(name));
    } catch (NumberFormatException _) {
      throw new HttpError(Status.NOT_FOUND);
    }
  }

  /// The value that stands for `{name:int}` in the path.
  ///
  /// @throws HttpError 404 if it is no number or too large
  public long pathLong(String name) {
    try {
      return Long.parseLong(pathValue(name));
    } catch (NumberFormatException _) {
      throw new HttpError(Status.NOT_FOUND);
    }
  }

  // ---- fields ----

  /// All fields.
  public Headers headers() {
    return head.headers();
  }

  /// The first field of a name, or null.
  public @Nullable String header(String name) {
    return headers().first(name);
  }

  /// The first field of a name, or null.
  public @Nullable String header(HeaderName name) {
    return headers().first(name);
  }

  /// What the body is, or null if it does not say.
  public @Nullable MediaType contentType() {
    var text = header(HeaderName.CONTENT_TYPE);
    return text == null ? null : MediaType.parse(text);
  }

  /// The cookies.
  public List<Cookie> cookies() {
    if (cookies == null) {
      cookies = Cookie.parse(headers());
    }
    return cookies;
  }

  /// The value of the first cookie of a name, or null.
  public @Nullable String cookie(String name) {
    for (var cookie : cookies()) {
      if (cookie.name().equals(name)) {
        return cookie.value();
      }
    }
    return null;
  }

  /// Whom it is for: what a trusted proxy was asked for, else what the target says, else the Host
  /// field; null in old HTTP/1.0.
  public @Nullable Authority authority() {
    return proxies().equals(TrustedProxies.NONE) ? head.authority() : origin().authority();
  }

  // ---- the connection ----

  /// Where the client is: the other end of the connection, or who asked the proxies that are
  /// trusted. Null for what has no addresses, and if a proxy does not say.
  public @Nullable SocketAddress remoteAddress() {
    return origin().address();
  }

  /// Whether the client's connection is encrypted, be it to here or to a trusted proxy.
  public boolean isSecure() {
    return origin().secure();
  }

  private RequestOrigin origin() {
    if (origin == null) {
      origin = RequestOrigin.of(head, stream, proxies());
    }
    return origin;
  }

  private TrustedProxies proxies() {
    return body.options().proxies();
  }

  /// What [#set] has said for this request, else a fact about the connection, or null.
  public <T> @Nullable T attribute(Attribute<T> which) {
    var value = attributes == null ? null : attributes.get(which);
    return value == null ? stream.attribute(which) : which.type().cast(value);
  }

  /// Keeps something with this request, for the layers inside: who the user is, for example.
  ///
  /// @param which made once, as a constant
  public <T> void set(Attribute<T> which, T value) {
    kept().put(which, value);
  }

  private Map<Attribute<?>, Object> kept() {
    if (attributes == null) {
      attributes = new HashMap<>();
    }
    return attributes;
  }

  // ---- the body ----

  /// The body, piece by piece. What is read there [#bytes], [#text] and [#form] will not find.
  public RequestBody body() {
    return body;
  }

  /// Sets how large the body may be, in place of [tulip.http.protocol.HttpLimits#body]; before it
  /// is read.
  public void limitBody(long bytes) {
    body.limit(bytes);
  }

  /// All of the body. The second call gives the same again.
  ///
  /// @throws HttpError as [RequestBody#read]
  /// @throws IOException if the connection breaks
  public Bytes bytes() throws IOException {
    if (content == null) {
      content = body.readAll();
    }
    return content;
  }

  /// All of the body as text, in the charset that is named, or UTF-8. Malformed bytes become
  /// U+FFFD.
  ///
  /// @throws HttpError 415 for an unknown charset, and as [RequestBody#read]
  /// @throws IOException if the connection breaks
  public String text() throws IOException {
    var charset = charset();
    var bytes = bytes();
    return charset.equals(StandardCharsets.UTF_8)
        ? bytes.utf8()
        : new String(bytes.toByteArray(), charset);
  }

  private Charset charset() {
    var type = contentType();
    var name = type == null ? null : type.charset();
    try {
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalArgumentException _) {
      throw new HttpError(Status.UNSUPPORTED_MEDIA_TYPE, "an unknown charset");
    }
  }

  /// The body, which is JSON, as a value, with the codec that is [JsonCodec#provided].
  ///
  /// @param type a class, a record, an array of them
  /// @throws HttpError 415 if it says to be something else, 400 if it does not fit the type, and as
  ///   [RequestBody#read]
  /// @throws IOException if the connection breaks
  public <T> T json(Class<T> type) throws IOException {
    return json(type, JsonCodec.provided());
  }

  /// The body, which is JSON, as a value.
  ///
  /// @throws HttpError as [#json(Class)]
  /// @throws IOException if the connection breaks
  public <T> T json(Class<T> type, JsonCodec codec) throws IOException {
    var said = contentType();
    if (said == null || !said.isJson()) {
      throw new HttpError(Status.UNSUPPORTED_MEDIA_TYPE, "no JSON");
    }
    try {
      return codec.decode(bytes(), type);
    } catch (MalformedException e) {
      throw HttpError.of(Status.BAD_REQUEST, e);
    }
  }

  /// The fields of a form: a body of `application/x-www-form-urlencoded`.
  ///
  /// @throws HttpError 415 if it is something else, and as [RequestBody#read]
  /// @throws IOException if the connection breaks
  public Parameters form() throws IOException {
    if (form == null) {
      var type = contentType();
      if (type == null || !type.type().equals("application") || !isForm(type.subtype())) {
        throw new HttpError(Status.UNSUPPORTED_MEDIA_TYPE, "no urlencoded form");
      }
      form = parse(bytes().utf8());
    }
    return form;
  }

  private static Parameters parse(String text) {
    if (text.chars().filter(c -> c == '&').count() >= MOST_PARAMETERS) {
      throw new HttpError(Status.CONTENT_TOO_LARGE, "more than " + MOST_PARAMETERS + " parameters");
    }
    try {
      return Parameters.parse(text);
    } catch (MalformedException e) {
      throw HttpError.of(Status.BAD_REQUEST, e);
    }
  }

  /// The parts of a body that has several, such as a form with files, as they come. The body's
  /// limit holds for all of them together.
  ///
  /// @throws HttpError 415 if it is something else; reading the parts, 400 if they are malformed,
  ///   and as [RequestBody#read]
  public MultipartReader multipart() {
    var reader =
        MultipartReader.of(
            contentType(),
            body::read,
            MultipartLimits.DEFAULT,
            why -> {
              throw HttpError.of(Status.BAD_REQUEST, why);
            });
    if (reader == null) {
      throw new HttpError(Status.UNSUPPORTED_MEDIA_TYPE, "no body of several parts");
    }
    return reader;
  }

  private static boolean isForm(String subtype) {
    return subtype.equals("x-www-form-urlencoded");
  }

  /// {@return method and path}
  @Override
  public String toString() {
    return method() + " " + rawPath();
  }
}
