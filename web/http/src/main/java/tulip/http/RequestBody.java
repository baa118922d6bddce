// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.core.Action;
import tulip.http.coding.ByteSource;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.HttpEvent;
import tulip.http.protocol.ProtocolException;
import tulip.http.protocol.ServerConnection;
import tulip.http.protocol.Status;

/// The body of a request, piece by piece as it comes: nothing is received ahead of its reader
/// beyond the stream's buffer, so that a client sends no faster than the handler reads.
///
/// A content coding is undone: what is read is what the client meant, and the limit holds for what
/// was sent and for what comes out.
///
/// The first read answers `100 Continue`, if the client waits for that. For the handler's task, or
/// another in its place; after the response there is no more to read.
public final class RequestBody {
  /// What fits into one array, whatever limit was set.
  private static final int LARGEST = 1 << 30;

  private final ServerConnection connection;
  private final TimedStream stream;
  private final ConnectionShare share;
  private final Runnable whenEnded;
  private Headers head = Headers.EMPTY;
  private long limit;
  private @Nullable ByteSource content;
  private @Nullable Headers trailers;
  private boolean ended;
  private boolean closed;
  private boolean late;

  /// @param whenEnded called when the last of it has come
  RequestBody(
      ServerConnection connection, TimedStream stream, ConnectionShare share, Runnable whenEnded) {
    this.connection = connection;
    this.stream = stream;
    this.share = share;
    this.whenEnded = whenEnded;
    limit = share.options().limits().body();
  }

  HttpServerOptions options() {
    return share.options();
  }

  /// Says what fields the request has, ahead of all reading.
  void head(Headers fields) {
    head = fields;
  }

  /// Sets how much the body may have, in place of [tulip.http.protocol.HttpLimits#body].
  ///
  /// @param bytes what was read already included
  public void limit(long bytes) {
    connection.limitBody(bytes);
    limit = bytes;
  }

  /// Reads what has come, at least one byte.
  ///
  /// @return null at the end
  /// @throws HttpError 413 if it is larger than its limit, 408 if the client keeps silent, 400 if
  ///   it is broken or ends early, 415 if its content coding is not known
  /// @throws IOException if the connection breaks
  public @Nullable Bytes read() throws IOException {
    if (closed) {
      throw new IllegalStateException("the request was answered; its body is gone");
    }
    if (content == null) {
      content = content();
    }
    var piece = content.read();
    ended |= piece == null;
    return piece;
  }

  private ByteSource content() {
    var known = share.options().codings();
    return known.all().isEmpty() || !head.contains(HeaderName.CONTENT_ENCODING)
        ? this::next
        : DecodedBody.of(this::next, head, known, () -> limit);
  }

  /// Reads all of it, or the rest.
  ///
  /// @return empty if there is none
  /// @throws HttpError as [#read]
  /// @throws IOException if the connection breaks
  public Bytes readAll() throws IOException {
    var first = read();
    if (first == null) {
      return Bytes.EMPTY;
    }
    var piece = read();
    if (piece == null) {
      return first;
    }
    var all = new ByteWriter(LARGEST).put(first);
    for (; piece != null; piece = read()) {
      all.put(piece);
    }
    return all.toBytes();
  }

  /// Whether all of it was read.
  public boolean isEnded() {
    return ended;
  }

  /// The fields behind the body, once all of it was read. Nobody has checked them for sense.
  ///
  /// @throws IllegalStateException before that
  public Headers trailers() {
    if (trailers == null) {
      throw new IllegalStateException("trailers come behind the body: read it to its end");
    }
    return trailers;
  }

  private @Nullable Bytes next() throws IOException {
    while (trailers == null) {
      switch (receive()) {
        case HttpEvent.Data data -> {
          return data.bytes();
        }
        case HttpEvent.End end -> {
          trailers = end.trailers();
          whenEnded.run();
        }
        default -> await();
      }
    }
    return null;
  }

  private HttpEvent receive() {
    try {
      return connection.receive(stream.input());
    } catch (ProtocolException e) {
      throw HttpError.of(e.status(), e);
    }
  }

  private void await() throws IOException {
    if (connection.awaitsContinue()) {
      var out = share.writer();
      connection.sendContinue(out);
      stream.write(out);
    }
    try {
      if (!stream.fill(share.timeouts().body())) {
        connection.inputEnded();
      }
    } catch (TimeoutException e) {
      late = true;
      connection.lastRequest();
      throw HttpError.of(Status.REQUEST_TIMEOUT, e);
    }
  }

  /// Runs what is to be cancelled when the client goes away, whatever the server's options say; the
  /// connection is broken then.
  void whileConnected(Action<Exception> exchange) throws Exception {
    if (options().cancelAbandoned()) {
      exchange.run(); // somebody watches already
    } else {
      new AbandonmentWatch(stream).run(true, exchange);
    }
  }

  /// Ends reading by the handler.
  void close() {
    closed = true;
    if (content instanceof DecodedBody decoded) {
      decoded.close();
    }
  }

  /// Reads past what the handler has not read.
  ///
  /// @return whether it came to the end
  boolean skip(long most) throws IOException {
    long skipped = 0;
    try {
      while (!late && skipped <= most) {
        var piece = next();
        if (piece == null) {
          return true;
        }
        skipped += piece.length();
      }
    } catch (HttpError _) {
      // it cannot be read any more, and the answer has been sent
    }
    return false;
  }
}
