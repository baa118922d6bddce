// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.core.Scope;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Lock;
import tulip.http.protocol.HeaderName;
import tulip.http.sse.SseEvent;

/// Where server-sent events go: see [Response#events]. Any number of tasks may send.
///
/// ```java
/// app.get("/clock", request -> Response.events(request, events -> {
///   while (true) {
///     events.send(LocalTime.now().toString());
///     Tulip.sleep(ofSeconds(1));
///   }
/// }));
/// ```
public final class EventSink {
  static final Duration PING = Duration.ofSeconds(15);

  /// Sends the events of one response.
  @FunctionalInterface
  public interface Writer {
    /// Sends events, until there are no more. In the task of the connection.
    ///
    /// @throws Exception to break the connection off; it goes to the loop's exception handler. The
    ///   client will try again
    void write(EventSink events) throws Exception;
  }

  private final BodySink sink;
  private final String lastId;
  private final Lock lock = new Lock();

  private EventSink(BodySink sink, @Nullable String lastId) {
    this.sink = sink;
    this.lastId = lastId == null ? "" : lastId;
  }

  static Response response(Request request, Duration ping, Writer writer) {
    if (!ping.isPositive()) {
      throw new IllegalArgumentException("a comment each " + ping);
    }
    var lastId = request.header(HeaderName.LAST_EVENT_ID);
    return Response.stream(
            "text/event-stream",
            sink -> {
              sink.flush(); // the client is to know that it is connected
              var events = new EventSink(sink, lastId);
              request.body().whileConnected(() -> events.run(ping, writer));
            })
        .header(HeaderName.CACHE_CONTROL, "no-cache")
        .header("X-Accel-Buffering", "no");
  }

  /// The scope is soft: a client of events comes back, and no server waits for the last event.
  private void run(Duration ping, Writer writer) throws Exception {
    try (var group = TaskGroup.open()) {
      group.start("comments to a client of events", () -> comment(ping));
      try {
        new Scope().soft(true).run(() -> writer.write(this));
      } finally {
        group.cancel();
      }
    }
  }

  private void comment(Duration ping) {
    try {
      while (true) {
        Tulip.sleep(ping);
        sendText(SseEvent.comment());
      }
    } catch (IOException _) {
      // whoever watches for the client's leaving finds out too, and so does the next event
    }
  }

  /// Sends an event. Waits until the system has taken it.
  ///
  /// @throws IOException if the client is gone or takes nothing: see [BodySink#write]
  public void send(SseEvent event) throws IOException {
    sendText(event.format());
  }

  /// Sends an event that only says something.
  ///
  /// @param data perhaps of several lines
  /// @throws IOException as above
  public void send(String data) throws IOException {
    send(SseEvent.of(data));
  }

  private void sendText(String text) throws IOException {
    lock.run(() -> {
      sink.write(text);
      sink.flush();
    });
  }

  /// The id of the last event that the client has got before its connection broke; empty if it says
  /// nothing.
  public String lastEventId() {
    return lastId;
  }
}
