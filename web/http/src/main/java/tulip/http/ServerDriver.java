// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tulip.core.Action;
import tulip.core.Cancelled;
import tulip.core.Context;
import tulip.core.ErrorContext;
import tulip.core.Scope;
import tulip.core.Tulip;
import tulip.http.protocol.HttpEvent;
import tulip.http.protocol.Method;
import tulip.http.protocol.ProtocolException;
import tulip.http.protocol.RequestHead;
import tulip.http.protocol.ServerConnection;
import tulip.http.protocol.Status;
import tulip.net.Attribute;
import tulip.net.ByteStream;

/// Serves one connection: reads a request, has it answered, and so on.
///
/// All of it runs in one scope, whose deadline moves. While nothing of a request is there the scope
/// is soft, so that a server that ends cuts idle connections at once and no other.
final class ServerDriver {
  private static final Response FAILED =
      Response.text(Status.INTERNAL_SERVER_ERROR.toString()).status(Status.INTERNAL_SERVER_ERROR);

  /// So many requests are answered in a row before other tasks get their turns.
  private static final int BURST = 64;

  /// How long a client that is not to send any more may go on.
  private static final Duration LINGERING = Duration.ofSeconds(2);

  private enum Phase {
    /// Nothing of a request is there.
    IDLE,
    IN_HEAD,
    ANSWERING
  }

  private final Handler handler;
  private final ConnectionShare share;
  private final ByteStream plain;
  private final TimedStream stream;
  private final ServerConnection connection;
  private final ResponseSender sender;
  private final SlackTimer timer;
  private final @Nullable AccessReporter reporter;
  private final Context context = Context.current();
  private Scope scope = new Scope();
  private boolean ending;
  private int requests;
  private Phase phase = Phase.IDLE;
  private int unsentBefore;

  /// The client may be sending what nobody reads.
  private boolean unread;

  private @Nullable Action<Exception> next;

  ServerDriver(Handler handler, ConnectionShare share, ByteStream stream) {
    this.handler = handler;
    this.share = share;
    this.plain = stream;
    this.stream = new TimedStream(stream, share.timeouts().write());
    this.connection = new ServerConnection(share.options().limits());
    this.sender = new ResponseSender(connection, this.stream, share);
    this.timer = new SlackTimer(share.loop(), this::tooSlow);
    var log = share.options().accessLog();
    this.reporter = log == null ? null : new AccessReporter(log, share.loop(), sender);
  }

  /// Serves it to its end, or until it is to speak another protocol.
  ///
  /// @return what speaks that, or null. It may last, and needs nothing of this: neither memory nor
  ///   stack
  @Nullable Action<Exception> run() throws Exception {
    try {
      timer.start(share.timeouts().head().toNanos());
      scope.run(this::serveAll);
      if (phase == Phase.IDLE && Scope.isEnding()) {
        serveLast(share.options().idleGrace());
      }
    } finally {
      timer.stop();
    }
    if (scope.wasCancelled() && phase == Phase.IN_HEAD) {
      refuseLate();
    }
    if (unread && !stream.isClosed()) {
      new Scope().soft(true).timeout(LINGERING).run(() -> stream.linger(share.options().unread()));
    }
    return next;
  }

  /// The server ends, and a request may be on its way already.
  private void serveLast(Duration patience) throws Exception {
    if (patience.isPositive()) {
      ending = true;
      scope = new Scope();
      timer.start(patience.toNanos());
      scope.run(this::serveAll);
    }
  }

  /// An idle client that is still taking its last answer is waited for as it is while one is sent.
  private void tooSlow() {
    int unsent = stream.unsent();
    if (phase == Phase.IDLE && unsent > 0 && unsent != unsentBefore) {
      unsentBefore = unsent;
      timer.start(share.timeouts().write().toNanos());
    } else {
      scope.cancel("the client is too slow");
    }
  }

  // ---- reading ----

  private void serveAll() throws Exception {
    try {
      RequestHead head;
      while ((head = nextHead()) != null) {
        var request = head;
        if (!context.run(() -> serve(request))) {
          return;
        }
        if (requests % BURST == 0) {
          Tulip.yield();
        }
      }
    } catch (ProtocolException e) {
      refuse(e.status(), e);
    }
  }

  private @Nullable RequestHead nextHead() throws IOException, ProtocolException {
    while (true) {
      var event = connection.receive(stream.input());
      if (event instanceof RequestHead head) {
        timer.clear();
        phase = Phase.ANSWERING;
        return head;
      }
      if (event != HttpEvent.Signal.NEED_DATA || !awaitHead()) {
        return null;
      }
    }
  }

  /// @return whether to go on
  private boolean awaitHead() throws IOException {
    boolean idle = stream.input().isEmpty();
    enter(idle ? Phase.IDLE : Phase.IN_HEAD);
    scope.soft(idle && !ending);
    if (!stream.fill()) {
      connection.inputEnded();
    }
    scope.soft(false);
    return !scope.isCancelled();
  }

  /// The first head has its time from the connection, and the timer runs already.
  private void enter(Phase next) {
    if (phase != next) {
      phase = next;
      if (requests > 0) {
        var limits = share.timeouts();
        timer.start((next == Phase.IDLE ? limits.idle() : limits.head()).toNanos());
      }
    }
  }

  // ---- refusing ----

  private void refuseLate() throws Exception {
    connection.inputEnded();
    try {
      connection.receive(stream.input());
    } catch (ProtocolException e) {
      refuse(Status.REQUEST_TIMEOUT, e);
    }
  }

  private void refuse(Status status, ProtocolException why) throws Exception {
    unread = true;
    sender.expectResponse(Method.GET);
    sender.send(HttpError.of(status, why).response());
    if (reporter != null) {
      reporter.refused(plain.attribute(Attribute.REMOTE_ADDRESS));
    }
  }

  // ---- answering ----

  /// @return whether another request may follow
  private boolean serve(RequestHead head) throws Exception {
    boolean goesOn = exchange(head);
    var protocol = sender.nextProtocol();
    if (protocol != null && connection.receive(stream.input()) == HttpEvent.Signal.TUNNEL) {
      next = speaking(protocol, plain, Context.current());
    }
    return goesOn && next == null;
  }

  private static Action<Exception> speaking(
      Response.Protocol protocol, ByteStream stream, Context context) {
    return () -> context.run(() -> protocol.speak(stream));
  }

  private boolean exchange(RequestHead head) throws Exception {
    sender.expectResponse(head.method());
    if (++requests == share.options().maxRequests() || head.method().equals(Method.CONNECT)) {
      connection.lastRequest();
    }
    if (!share.options().cancelAbandoned()) {
      return exchange(head, () -> {});
    }
    var watch = new AbandonmentWatch(stream);
    boolean[] goesOn = {false};
    watch.run(!connection.expectsBody(), () -> goesOn[0] = exchange(head, watch::start));
    return goesOn[0];
  }

  private boolean exchange(RequestHead head, Runnable whenReceived) throws Exception {
    var body = new RequestBody(connection, stream, share, whenReceived);
    var request = new Request(head, plain, body);
    if (reporter == null) {
      answer(request);
    } else {
      reporter.answer(request, () -> answer(request));
    }
    body.close();
    if (stream.isClosed()) {
      return false;
    }
    if (connection.isClosing() && sender.nextProtocol() == null) {
      unread = connection.expectsBody();
      return false;
    }
    unread = !body.skip(share.options().unread());
    return !unread && !connection.isClosing();
  }

  private void answer(Request request) throws Exception {
    try {
      sender.send(Objects.requireNonNull(handle(request), "the handler returned no response"));
    } catch (Cancelled e) {
      throw e;
    } catch (Throwable t) {
      answerFailure(request, t);
    }
  }

  private Response handle(Request request) throws Exception {
    if (request.method().equals(Method.CONNECT)) {
      throw new HttpError(Status.NOT_IMPLEMENTED, "this server is no proxy");
    }
    return handler.handle(request);
  }

  private void answerFailure(Request request, Throwable t) throws Exception {
    var lost = stream.failure();
    if (lost != null && (t instanceof IOException || t instanceof UncheckedIOException)) {
      throw lost;
    }
    if (t instanceof HttpError error && !sender.hasBegun()) {
      sender.send(error.response());
      return;
    }
    share.loop().callExceptionHandler(new ErrorContext("cannot answer " + request, t, request));
    if (sender.hasBegun()) {
      stream.abort(); // or the client would take what it got for the whole
    } else {
      sender.send(FAILED);
    }
  }
}
