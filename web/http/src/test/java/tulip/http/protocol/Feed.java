// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.util.ArrayList;
import java.util.List;
import tulip.bytes.ByteQueue;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;

/// Shows bytes to a connection, split in any way, and writes down what it makes of them.
///
/// A server answers each request with an empty 200; a client asks GET again. Pieces of a body are
/// joined, since where they were cut says nothing.
final class Feed {
  /// As much as any vector is long.
  static final int ROOM = 1 << 20;

  /// How a client ends that has asked once more than it was answered.
  static final String NO_ANSWER = "refused 400 the server closed the connection without an answer";

  private final HttpConnection connection;
  private final ByteQueue input = new ByteQueue(ROOM);
  private final ByteWriter sent = new ByteWriter(ROOM);
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private boolean finished;

  private Feed(HttpConnection connection) {
    this.connection = connection;
  }

  /// What a new server makes of these pieces and the end of the input.
  static List<String> server(HttpLimits limits, byte[]... pieces) {
    return new Feed(new ServerConnection(limits)).all(pieces);
  }

  /// What a new server makes of this text.
  static List<String> server(String text) {
    return server(HttpLimits.SERVER, latin1(text));
  }

  /// What a new client makes of these pieces and the end of the input, after asking.
  static List<String> client(boolean lenient, Method method, byte[]... pieces) {
    var connection = new ClientConnection(HttpLimits.CLIENT, lenient);
    var feed = new Feed(connection);
    connection.send(
        RequestHead.of(method, target(method), Headers.of("Host", "h")), Bytes.EMPTY, feed.sent);
    return feed.all(pieces);
  }

  static List<String> client(Method method, String text) {
    return client(false, method, latin1(text));
  }

  private static String target(Method method) {
    return method.equals(Method.CONNECT) ? "h:1" : "/";
  }

  static byte[] latin1(String text) {
    return Bytes.ofLatin1(text).toByteArray();
  }

  private List<String> all(byte[]... pieces) {
    for (byte[] piece : pieces) {
      input.put(piece);
      drain();
    }
    connection.inputEnded();
    drain();
    return lines;
  }

  private void drain() {
    try {
      while (!finished) {
        var event = connection.receive(input);
        if (event == HttpEvent.Signal.NEED_DATA || event == HttpEvent.Signal.PAUSED) {
          checkHeld(event);
          return;
        }
        note(event);
      }
    } catch (ProtocolException e) {
      line("refused " + e.status().code() + " " + e.getMessage());
      finished = true;
    }
  }

  /// Whoever asks for more has not more yet than the limits say.
  private void checkHeld(HttpEvent event) {
    var limits = connection.limits;
    int most = Math.max(limits.chunkLine() + 1, Math.max(limits.head(), limits.trailers()));
    if (event == HttpEvent.Signal.NEED_DATA && input.size() > most) {
      throw new AssertionError(connection + " asks for more and has " + input.size() + " bytes");
    }
  }

  private void note(HttpEvent event) {
    switch (event) {
      case RequestHead head ->
          line(head.method() + " " + head.target() + " " + head.version() + " " + head.headers());
      case ResponseHead head -> line(head.version() + " " + head.status() + " " + head.headers());
      case HttpEvent.Data data -> body.append(data.bytes().latin1());
      case HttpEvent.End end -> {
        line("end" + (end.trailers().isEmpty() ? "" : " " + end.trailers()));
        answer();
      }
      case HttpEvent.Signal signal -> {
        line(signal == HttpEvent.Signal.TUNNEL ? "tunnel" : "closed");
        finished = true;
      }
    }
  }

  private void answer() {
    sent.clear();
    if (connection instanceof ServerConnection server) {
      server.send(ResponseHead.of(Status.OK, Headers.EMPTY), Bytes.EMPTY, sent);
    } else if (connection instanceof ClientConnection client && client.isReady()) {
      client.send(RequestHead.of(Method.GET, "/", Headers.of("Host", "h")), Bytes.EMPTY, sent);
    }
  }

  private void line(String line) {
    if (!body.isEmpty()) {
      lines.add("body " + body);
      body.setLength(0);
    }
    lines.add(line);
  }
}
