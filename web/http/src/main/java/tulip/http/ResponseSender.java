// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.core.Scope;
import tulip.core.Tulip;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Method;
import tulip.http.protocol.ResponseHead;
import tulip.http.protocol.ServerConnection;

/// Sends the responses of one connection. What is small leaves in one piece with its head.
final class ResponseSender implements PieceSink {
  /// Up to this, copying a body behind its head costs less than a second system call.
  private static final int SMALL = 16 * 1024;

  private final ServerConnection connection;
  private final TimedStream stream;
  private final ConnectionShare share;

  /// What is still to be sent ahead of the first piece of the body.
  private @Nullable ResponseHead head;

  private boolean forHead;
  private boolean begun;
  private @Nullable ResponseHead sentHead;
  private long sentBytes;

  /// What the connection speaks from now on, in place of HTTP.
  private Response.@Nullable Protocol next;

  ResponseSender(ServerConnection connection, TimedStream stream, ConnectionShare share) {
    this.connection = connection;
    this.stream = stream;
    this.share = share;
  }

  /// A request came that has no answer yet.
  void expectResponse(Method method) {
    forHead = method.equals(Method.HEAD);
    begun = false;
    sentHead = null;
    sentBytes = 0;
  }

  /// What the response was that was sent last, or that was begun; null if there is none yet.
  @Nullable ResponseHead sentHead() {
    return sentHead;
  }

  /// How many bytes of its body were sent.
  long sentBytes() {
    return sentBytes;
  }

  /// Whether the client has got something of the answer.
  boolean hasBegun() {
    return begun;
  }

  /// What the connection speaks from now on, in place of HTTP; null if it goes on.
  Response.@Nullable Protocol nextProtocol() {
    return next;
  }

  /// Sends a whole response.
  ///
  /// @throws IllegalArgumentException if the response contradicts itself; nothing was sent then
  /// @throws Exception what the writer of the body throws
  void send(Response response) throws Exception {
    if (Scope.isEnding()) {
      connection.lastRequest();
    }
    connection.usualFields(share.usualFields());
    switch (response.body()) {
      case Body.Whole whole -> sendWhole(response.head(), whole.bytes());
      case Body.Streamed streamed -> sendStreamed(response.head(), streamed);
      case Body.FilePart part -> sendFile(response.head(), part);
      case Body.Switched switched -> sendSwitch(response.head(), switched);
    }
  }

  private void sendWhole(ResponseHead head, Bytes body) throws IOException {
    if (body.length() <= SMALL || head.status().isWithoutBody()) {
      var out = share.writer();
      connection.send(head, body, out);
      begun(head);
      stream.write(out);
      count(body.length());
    } else {
      this.head = withLength(head, body.length());
      sendPiece(body);
      end();
    }
  }

  private void sendSwitch(ResponseHead head, Body.Switched body) throws IOException {
    var out = share.writer();
    connection.send(head, out);
    begun(head);
    next = body.protocol();
    stream.write(out);
  }

  private void sendStreamed(ResponseHead head, Body.Streamed body) throws Exception {
    this.head = withLength(head, body.length());
    var sink = new BodySink(this);
    try {
      if (hasBody(head)) {
        body.writer().write(sink);
      }
    } finally {
      sink.close();
    }
    end();
  }

  /// Sends a piece of a body, behind the head if that was not sent yet.
  @Override
  public void sendPiece(Bytes piece) throws IOException {
    var out = share.writer();
    begin(out);
    if (piece.length() <= SMALL) {
      connection.sendData(piece, out);
      stream.write(out);
      count(piece.length());
    } else {
      boolean wanted = connection.beginData(piece.length(), out);
      stream.write(out);
      if (wanted) {
        stream.write(piece.asByteBuffer());
        count(piece.length());
        endPiece();
      }
    }
  }

  private void sendFile(ResponseHead head, Body.FilePart part) throws IOException {
    this.head = withLength(head, part.length());
    if (hasBody(head)) {
      sendContent(part);
    }
    end();
  }

  private void sendContent(Body.FilePart part) throws IOException {
    try (var file = Tulip.blocking(() -> FileChannel.open(part.file(), StandardOpenOption.READ))) {
      var out = share.writer();
      begin(out);
      boolean wanted = connection.beginData(part.length(), out); // not for an empty file
      stream.write(out);
      if (wanted) {
        stream.sendFile(file, part.position(), part.length());
        count(part.length());
        endPiece();
      }
    }
  }

  private boolean hasBody(ResponseHead head) {
    return !forHead && !head.status().isWithoutBody();
  }

  private void begin(ByteWriter out) {
    if (head != null) {
      connection.send(head, out);
      begun(head);
      head = null;
    }
  }

  private void begun(ResponseHead head) {
    begun = true;
    sentHead = head;
  }

  private void count(long bytes) {
    sentBytes += forHead ? 0 : bytes;
  }

  private void endPiece() throws IOException {
    var out = share.writer();
    connection.endData(out);
    stream.write(out);
  }

  private void end() throws IOException {
    var out = share.writer();
    begin(out);
    connection.sendEnd(out);
    stream.write(out);
  }

  @Override
  public void flush() throws IOException {
    stream.flush();
  }

  private static ResponseHead withLength(ResponseHead head, long length) {
    if (length < 0 || head.headers().contains(HeaderName.CONTENT_LENGTH)) {
      return head;
    }
    var fields =
        head.headers().toBuilder().add(HeaderName.CONTENT_LENGTH, Long.toString(length)).build();
    return ResponseHead.of(head.status(), fields);
  }
}
