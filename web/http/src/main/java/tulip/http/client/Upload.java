// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.Cancelled;
import tulip.core.Scope;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.http.client.ClientTimeoutException.Phase;
import tulip.http.protocol.Headers;

/// Sends the body of a request in a task of its own, so that the answer is heard meanwhile: the
/// server may refuse a body before it has all of it, or answer while it still comes.
final class Upload implements PayloadSink {
  /// Up to this, copying a piece between the marks of a chunk costs less than another write.
  private static final int SMALL = 16 * 1024;

  private static final int PIECE = 64 * 1024;

  private final HttpTransport transport;
  private final Http1Connection connection;
  private final ClientRequest request;
  private final Deadline deadline;
  private final Runnable whenSent;
  private final Scope scope = new Scope();
  private final Event proceed = new Event();
  private Headers trailers = Headers.EMPTY;
  private long sent;
  private boolean done;
  private @Nullable IOException lost;
  private @Nullable Throwable failure;

  /// @param whenSent called when all of it was sent
  Upload(
      HttpTransport transport,
      Http1Connection connection,
      ClientRequest request,
      Deadline deadline,
      Runnable whenSent) {
    this.transport = transport;
    this.connection = connection;
    this.request = request;
    this.deadline = deadline;
    this.whenSent = whenSent;
  }

  /// Begins, behind the head that was written.
  void start() {
    transport.uploads().start("upload for " + request, () -> scope.run(this::run));
  }

  private void run() {
    try {
      if (connection.protocol().awaitsContinue()) {
        Tulip.moveOnAfter(deadline.left(deadline.timeouts().proceed()), proceed::await);
      }
      request.payload().write(this);
      end();
      done = true;
      whenSent.run();
    } catch (Cancelled e) {
      throw e;
    } catch (Throwable t) {
      failed(t);
    }
  }

  /// If the server is gone it may have said why before. But if the body cannot be made, there will
  /// be no answer.
  private void failed(Throwable t) {
    failure = t;
    if (!t.equals(lost)) {
      connection.abort();
    }
  }

  /// The server has said that it wants the body.
  void proceed() {
    proceed.set();
  }

  /// Nobody wants the rest.
  void stop() {
    if (!done) {
      scope.cancel("the server does not want the rest of the body");
    }
  }

  /// Whether all of it was sent.
  boolean isDone() {
    return done;
  }

  /// Why the body could not be made, or null; that the server was lost is no such reason.
  @Nullable Throwable ownFailure() {
    return Objects.equals(failure, lost) ? null : failure;
  }

  /// Why it could not be sent, or null.
  @Nullable IOException lost() {
    return lost;
  }

  // ---- sending ----

  @Override
  public void write(Bytes piece) throws IOException {
    for (int at = 0; at < piece.length(); at += PIECE) {
      send(piece.slice(at, Math.min(at + PIECE, piece.length())));
    }
  }

  private void send(Bytes piece) throws IOException {
    var protocol = connection.protocol();
    var out = transport.writer();
    if (piece.length() <= SMALL) {
      protocol.sendData(piece, out);
      writeRaw(out.toBytes());
    } else {
      protocol.beginData(piece.length(), out);
      writeRaw(out.toBytes());
      writeRaw(piece);
      var end = transport.writer();
      protocol.endData(end);
      writeRaw(end.toBytes());
    }
    sent += piece.length();
    tell(piece.length());
  }

  private void tell(int bytes) {
    var progress = request.uploadProgress();
    if (progress != null) {
      progress.at(sent, request.payload().length());
    }
    transport.events().tell(() -> new ClientEvent.BodySent(request, bytes));
  }

  @Override
  public void trailers(Headers trailers) {
    this.trailers = trailers;
  }

  private void end() throws IOException {
    var out = transport.writer();
    connection.protocol().sendEnd(trailers, out);
    writeRaw(out.toBytes());
  }

  private void writeRaw(Bytes bytes) throws IOException {
    try {
      deadline.<@Nullable Void>within(
          Phase.WRITE,
          deadline.timeouts().write(),
          () -> {
            connection.stream().write(bytes);
            return null;
          });
    } catch (ClientTimeoutException e) {
      throw e; // it is there, and takes nothing: no answer will come
    } catch (IOException e) {
      lost = e;
      throw e;
    }
  }
}
