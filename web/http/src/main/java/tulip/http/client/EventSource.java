// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.MalformedException;
import tulip.core.Tulip;
import tulip.http.fields.MediaType;
import tulip.http.protocol.Status;
import tulip.http.sse.SseEvent;
import tulip.http.sse.SseParser;
import tulip.pool.Backoff;

/// Receives the events that a server sends, and connects again when the connection is lost, asking
/// for what has happened since (HTML Living Standard, section 9.2).
///
/// ```java
/// try (var events = EventSource.open(http, ClientRequest.get("/events"))) {
///   for (SseEvent event; (event = events.receive()) != null; ) {
///     IO.println(event.data());
///   }
/// }
/// ```
///
/// For one task of the session's loop.
public final class EventSource implements AutoCloseable {
  private static final int LIMIT = 1024 * 1024;
  private static final MediaType TYPE = MediaType.of("text", "event-stream");

  /// A stream of events has no end, and may be silent for long.
  private static final ClientTimeouts PATIENT =
      ClientTimeouts.DEFAULT
          .withTotal(ClientTimeouts.FOREVER)
          .withHead(ClientTimeouts.FOREVER)
          .withRead(ClientTimeouts.FOREVER);

  private final HttpSession session;
  private final ClientRequest request;
  private final SseParser parser = new SseParser(LIMIT);
  private final ByteQueue input = new ByteQueue(2 * LIMIT);
  private final Backoff.Delays delays;
  private @Nullable ClientResponse response;
  private boolean ended;

  private EventSource(HttpSession session, ClientRequest request, Backoff backoff) {
    this.session = session;
    this.request = request;
    delays = backoff.delays();
  }

  /// A source of events. Nothing is asked before the first [#receive].
  ///
  /// @param request as it is to be sent each time. Without timeouts of its own it waits for ever; a
  ///   time for reading finds out that a server is gone, if that sends something now and then
  public static EventSource open(HttpSession session, ClientRequest request) {
    return open(session, request, Backoff.DEFAULT);
  }

  /// A source of events that waits in another way before it connects again. What the server says
  /// goes before.
  public static EventSource open(HttpSession session, ClientRequest request, Backoff backoff) {
    var patient = request.timeouts() == null ? request.timeouts(PATIENT) : request;
    var asking = patient.header("Accept", "text/event-stream").header("Cache-Control", "no-store");
    return new EventSource(session, asking, backoff);
  }

  /// Waits for the next event.
  ///
  /// @return null if the server wants no more questions: it has answered 204
  /// @throws StatusException if it answers with an error
  /// @throws ContentException if it answers with something else
  /// @throws HttpClientException if it is not HTTP what it speaks
  public @Nullable SseEvent receive() throws IOException {
    while (!ended) {
      try {
        var event = next();
        if (event != null || ended) {
          return event;
        }
        disconnect();
      } catch (IOException e) {
        disconnect();
        if (isFinal(e)) {
          ended = true;
          throw e;
        }
      }
      if (!ended) {
        Tulip.sleep(pause());
      }
    }
    return null;
  }

  /// Whether it would be the same the next time.
  private static boolean isFinal(IOException e) {
    return e instanceof HttpClientException
        && !(e instanceof ClientTimeoutException || e instanceof DisconnectedException)
        && !(e instanceof ResponseFormatException);
  }

  private Duration pause() {
    var said = parser.retry();
    return said == null ? delays.next() : said;
  }

  /// The next event of this connection, or null at its end.
  private @Nullable SseEvent next() throws IOException {
    var stream = response == null ? connect() : response;
    while (!ended) {
      var event = parse();
      if (event != null) {
        delays.reset();
        return event;
      }
      var piece = stream.body().read();
      if (piece == null) {
        return null;
      }
      input.put(piece);
    }
    return null;
  }

  private @Nullable SseEvent parse() throws ContentException {
    try {
      return parser.receive(input);
    } catch (MalformedException e) {
      throw new ContentException(request + ": " + e.getMessage(), e);
    }
  }

  private ClientResponse connect() throws IOException {
    var id = parser.lastId();
    var stream = session.send(id.isEmpty() ? request : request.header("Last-Event-ID", id));
    response = stream;
    if (stream.status().code() == Status.NO_CONTENT.code()) {
      ended = true;
      return stream;
    }
    stream.raiseForStatus();
    var type = stream.contentType();
    if (type == null || !TYPE.includes(type)) {
      throw new ContentException(request + ": no stream of events but " + type);
    }
    return stream;
  }

  private void disconnect() {
    if (response != null) {
      response.close();
      response = null;
    }
    input.clear();
    parser.reset();
  }

  /// Ends it. Never waits.
  @Override
  public void close() {
    ended = true;
    disconnect();
  }
}
