// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import tulip.bytes.Bytes;
import tulip.core.Action;
import tulip.core.Tulip;
import tulip.http.fields.Cookie;
import tulip.http.raw.Outcome;
import tulip.http.raw.RawCase;

/// Raw bytes for a server in memory, under a virtual clock, and what became of them.
final class RawExchange {
  /// Over when nobody has anything to do but wait for the client; before any timeout.
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final Talk talk;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  private RawExchange(Talk talk) {
    this.talk = talk;
  }

  /// An application that tells what it was sent: bodies at `/` and `/echo`, cookies at `/cookie`.
  static Handler application() {
    var app = new WebApp();
    for (var path : List.of("/", "/echo")) {
      app.get(path, request -> Response.text(request.text()));
      app.post(path, request -> Response.text(request.text()));
    }
    app.get(
        "/cookie",
        request -> Response.text(request.cookies().stream().map(RawExchange::show).toList() + ""));
    return app.complete();
  }

  private static String show(Cookie cookie) {
    return cookie.name() + "=" + cookie.value();
  }

  /// Sends a case as it stands, and in two pieces at every cut: it must make no difference.
  static void check(RawCase each, Handler handler) throws IOException {
    var outcome = outcome(handler, each.steps());
    each.check(outcome);
    for (var pieces : each.splits()) {
      assertEquals(
          outcome,
          outcome(handler, pieces),
          () -> "cut at " + pieces.getFirst().length + ": " + Bytes.copyOf(each.bytes()));
    }
  }

  private static String outcome(Handler handler, List<byte[]> pieces) throws IOException {
    try (var talk = Talk.to(handler)) {
      return new RawExchange(talk).run(pieces);
    }
  }

  private String run(List<byte[]> pieces) throws IOException {
    var reading = Tulip.createTask(this::receive);
    attempt(() -> send(pieces));
    boolean open = !reading.isDone();
    byte[] before = received.toByteArray();
    received.reset();
    attempt(talk.client::closeOutput);
    reading.await();
    talk.ended();
    assertEquals(List.of(), talk.errors);
    return Outcome.of(before, open, received.toByteArray());
  }

  private void send(List<byte[]> pieces) throws IOException {
    for (byte[] piece : pieces) {
      talk.client.write(piece);
      Tulip.sleep(MOMENT);
    }
  }

  /// What the server said before it closed the connection is read all the same.
  private static void attempt(Action<IOException> sending) {
    try {
      sending.run();
    } catch (IOException e) {
      System.getLogger("tulip.http").log(System.Logger.Level.DEBUG, "closed by the server", e);
    }
  }

  private void receive() throws IOException {
    for (Bytes piece; (piece = talk.client.read()) != null; ) {
      received.writeBytes(piece.toByteArray());
    }
  }
}
