// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.Scope;
import tulip.core.spi.ResourceTracker;
import tulip.http.client.ClientTimeoutException.Phase;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.HttpEvent;
import tulip.http.protocol.IncompleteMessageException;
import tulip.http.protocol.ProtocolException;
import tulip.http.protocol.RequestHead;
import tulip.http.protocol.ResponseHead;
import tulip.http.protocol.Status;
import tulip.net.ByteStream;
import tulip.pool.Lease;

/// One request on one connection, and its response. The connection goes back when the response was
/// received to its end, and is closed if anything else happens.
final class Exchange {
  /// Up to this a body leaves in one piece with its head.
  static final int SMALL = 16 * 1024;

  /// What is known before it begins.
  ///
  /// @param reused whether another request was on the connection before
  /// @param began when the request did, of the loop's time
  /// @param place where it is being sent, if somebody may want to know
  record Setting(
      Route route, Deadline deadline, boolean reused, long began, @Nullable Throwable place) {}

  private final HttpTransport transport;
  private final Lease<Http1Connection> lease;
  private final Http1Connection connection;
  private final ClientRequest request;
  private final Setting setting;
  private final Deadline deadline;
  private final ResourceTracker tracker = EventLoop.currentTracker();
  private final Scope waiting = new Scope();
  private @Nullable Upload upload;

  /// The server has said something, be it that it is still busy.
  private boolean heard;

  private boolean answered;
  private boolean over;

  Exchange(
      HttpTransport transport,
      Lease<Http1Connection> lease,
      ClientRequest request,
      Setting setting) {
    this.transport = transport;
    this.lease = lease;
    this.request = request;
    this.setting = setting;
    deadline = setting.deadline;
    connection = lease.get();
    transport.open().add(this);
    tracker.opened(this);
  }

  ClientRequest request() {
    return request;
  }

  Events events() {
    return transport.events();
  }

  // ---- sending ----

  /// Sends the request, and waits for the head of its response.
  ///
  /// @return the head; then [#receive] has the body
  ResponseHead run() throws IOException {
    if (request.payload() instanceof WholePayload whole && isSmall(whole)) {
      var out = transport.writer();
      connection.protocol().send(head(false), whole.content(), out);
      connection.write(out);
    } else {
      sendInPieces();
    }
    events().tell(() -> new ClientEvent.HeadSent(request));
    var head = awaitHead();
    answered = true;
    if (upload != null && !head.status().isSuccess()) {
      upload.stop();
    }
    return head;
  }

  private boolean isSmall(WholePayload payload) {
    int length = payload.content().length();
    return length == 0 || (length <= SMALL && request.header(HeaderName.EXPECT) == null);
  }

  private RequestHead head(boolean framed) {
    return RequestHeads.of(request, setting.route, transport.keepsAlive(), framed);
  }

  private void sendInPieces() throws IOException {
    var out = transport.writer();
    connection.protocol().send(head(true), out);
    connection.write(out);
    upload = new Upload(transport, connection, request, deadline, this::whenSent);
    upload.start();
  }

  /// From now on the server has to answer.
  private void whenSent() {
    if (!answered) {
      waiting.deadline(headEnd());
    }
  }

  private long headEnd() {
    return deadline.orEnd(deadline.after(deadline.timeouts().head()));
  }

  // ---- the head ----

  private ResponseHead awaitHead() throws IOException {
    try {
      waiting.deadline(upload == null ? headEnd() : deadline.orEnd(Long.MAX_VALUE));
      var head = waiting.run(this::receiveHead);
      if (head == null) {
        throw deadline.late(Phase.HEAD, deadline.timeouts().head(), null);
      }
      return head;
    } catch (IOException e) {
      throw explained(e);
    }
  }

  private ResponseHead receiveHead() throws IOException {
    while (true) {
      switch (next()) {
        case ResponseHead head when isInterim(head.status()) -> passOver(head);
        case ResponseHead head -> {
          events().tell(() -> new ClientEvent.HeadReceived(request, head.status()));
          return head;
        }
        default -> connection.fill();
      }
    }
  }

  private HttpEvent next() throws IOException {
    try {
      return connection.receive();
    } catch (ProtocolException e) {
      throw refused(e);
    }
  }

  private static boolean isInterim(Status status) {
    return status.isInformational() && status.code() != Status.SWITCHING_PROTOCOLS.code();
  }

  private void passOver(ResponseHead interim) {
    heard = true;
    events().tell(() -> new ClientEvent.HeadReceived(request, interim.status()));
    if (upload != null && interim.status().code() == Status.CONTINUE.code()) {
      upload.proceed();
    }
  }

  private IOException refused(ProtocolException e) {
    if (e instanceof IncompleteMessageException && isSilent()) {
      return new DisconnectedException(request + ": " + e.getMessage(), e);
    }
    return new ResponseFormatException(request + ": " + e.getMessage(), e);
  }

  /// Whether the server has not said a word.
  private boolean isSilent() {
    return !heard && !answered && connection.hasReceivedNothing();
  }

  /// If the body of the request could not be made that is the reason, and if it could not be sent
  /// that is a part of it.
  private IOException explained(IOException e) {
    if (upload == null) {
      return e;
    }
    var own = upload.ownFailure();
    if (own != null) {
      return own instanceof IOException io
          ? io
          : new IOException("the body of " + request + " cannot be made", own);
    }
    if (upload.lost() != null) {
      e.addSuppressed(upload.lost());
    }
    return e;
  }

  /// Whether the request may be sent again: the connection had served before and was closed without
  /// a word.
  boolean mayRepeat(IOException failure) {
    return setting.reused
        && isSilent()
        && request.isRepeatable()
        && (upload == null || upload.ownFailure() == null)
        && (failure instanceof DisconnectedException || !(failure instanceof HttpClientException));
  }

  // ---- the body ----

  /// Whether there is a body to be received, or has been.
  boolean expectsBody() {
    return connection.protocol().expectsBody();
  }

  /// Takes the next event of the response's body, for which it waits.
  HttpEvent receive() throws IOException {
    try {
      while (true) {
        var event = next();
        if (event != HttpEvent.Signal.NEED_DATA) {
          return event;
        }
        deadline.<@Nullable Void>within(
            Phase.READ,
            deadline.timeouts().read(),
            () -> {
              connection.fill();
              return null;
            });
      }
    } catch (IOException e) {
      throw failed(explained(e));
    }
  }

  /// As [#receive], without waiting.
  ///
  /// @return null if nothing was received that could be taken
  @Nullable HttpEvent tryReceive() {
    try {
      var event = connection.receive();
      return event == HttpEvent.Signal.NEED_DATA ? null : event;
    } catch (ProtocolException _) {
      return null;
    }
  }

  private IOException failed(IOException e) {
    abandon();
    events().tell(() -> new ClientEvent.Failed(request, e));
    return e;
  }

  // ---- the end ----

  /// The response has come to its end.
  void complete() {
    if (begin()) {
      if (upload != null) {
        upload.stop();
      }
      lease.close();
      events()
          .tell(() ->
              new ClientEvent.Ended(
                  request, Duration.ofNanos(transport.loop().time() - setting.began)));
    }
  }

  /// Nobody wants the rest of it.
  void abandon() {
    if (begin()) {
      if (upload != null) {
        upload.stop();
      }
      lease.discard();
    }
  }

  /// Gives the stream away; it is the pool's no more.
  ByteStream takeStream() {
    if (!begin()) {
      throw new IllegalStateException("the connection was given away already, or is closed");
    }
    var stream = connection.detach();
    lease.discard();
    return stream;
  }

  /// Begins the end, once.
  private boolean begin() {
    boolean first = !over;
    over = true;
    transport.open().remove(this);
    tracker.closed(this);
    return first;
  }

  /// Whether the head of the response has come.
  boolean isAnswered() {
    return answered;
  }

  /// Where the request was sent, if that is known.
  @Nullable Throwable place() {
    return setting.place;
  }

  /// Half a sentence for messages.
  String describe() {
    return request + " for " + (transport.loop().time() - setting.began) / 1_000_000 + " ms";
  }

  boolean isUploaded() {
    return upload == null || upload.isDone();
  }

  @Override
  public String toString() {
    return request + " on " + connection;
  }
}
