// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Iterator;
import java.util.NoSuchElementException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tulip.http.client.ClientRequest;
import tulip.http.client.HttpSession;
import tulip.pool.Attempts;
import tulip.pool.Backoff;

/// Connections to one server, one after the other, for ever or as long as a [Backoff] says:
///
/// ```java
/// for (var socket : WebSocket.reconnecting("wss://example.com/feed")) {
///   try (socket) {
///     for (var message : socket) {
///       handle(message);
///     }
///   } catch (UncheckedIOException e) {
///     log(e);                                      // and connect again
///   }
/// }
/// ```
///
/// The iteration waits until the next connection stands. It goes on when the network or the server
/// fails, be it with a status of 5xx or 429. What would fail again is thrown, as an
/// [UncheckedIOException]: that the server refuses, or cannot be trusted.
public final class Reconnecting implements Iterable<WebSocket> {
  private final URI uri;
  private final ConnectOptions options;
  private final Backoff backoff;
  private final @Nullable HttpSession http;

  private Reconnecting(
      URI uri, ConnectOptions options, Backoff backoff, @Nullable HttpSession http) {
    this.uri = uri;
    this.options = options;
    this.backoff = backoff;
    this.http = http;
  }

  /// Connections with the usual options.
  public static Reconnecting to(URI uri) {
    return new Reconnecting(uri, ConnectOptions.DEFAULT, Backoff.DEFAULT, null);
  }

  /// The same with other options.
  public Reconnecting with(ConnectOptions options) {
    return new Reconnecting(uri, options, backoff, http);
  }

  /// The same with other pauses.
  public Reconnecting with(Backoff backoff) {
    return new Reconnecting(uri, options, backoff, http);
  }

  /// The same by way of an HTTP session, as [WebSocket#connect(HttpSession, String)].
  public Reconnecting through(HttpSession http) {
    return new Reconnecting(uri, options, backoff, http);
  }

  /// Begins anew. In a task; the connection that was given out before should be closed when the
  /// next one is asked for.
  @Override
  public Iterator<WebSocket> iterator() {
    return new Connections(backoff.attempts().iterator());
  }

  private final class Connections implements Iterator<WebSocket> {
    private final Iterator<Attempts.Attempt> attempts;

    Connections(Iterator<Attempts.Attempt> attempts) {
      this.attempts = attempts;
    }

    @Override
    public boolean hasNext() {
      return attempts.hasNext();
    }

    @Override
    public WebSocket next() {
      while (attempts.hasNext()) {
        var attempt = attempts.next();
        var socket = connect(attempt);
        if (socket != null) {
          attempt.succeeded();
          return socket;
        }
      }
      throw new NoSuchElementException("there are no more attempts");
    }

    private @Nullable WebSocket connect(Attempts.Attempt attempt) {
      try {
        return http == null
            ? WebSocket.connect(uri, options)
            : WebSocket.connect(http, ClientRequest.get(uri.toString()), options);
      } catch (IOException e) {
        var failure = new UncheckedIOException(e);
        if (isFinal(e)) {
          throw failure;
        }
        attempt.failed(failure);
        return null;
      }
    }

    private static boolean isFinal(IOException failure) {
      return failure instanceof WebSocketHandshakeException refused
          ? refused.status().code() < 500 && refused.status().code() != 429
          : failure instanceof SSLException;
    }
  }
}
