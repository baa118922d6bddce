// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.http.protocol.BodyWriter.Framing;

/// The client's end of a connection: a request goes out, its response comes in, then the next.
///
/// Responses of 1xx come as heads of their own ahead of the response, with no end.
///
/// A response may end before its request was sent to its end, as when a server refuses a large
/// body. Then the connection [#isClosing]: the rest of the request need not be sent.
public final class ClientConnection extends HttpConnection {
  private @Nullable Method method;
  private boolean upgradable;
  private int interim;

  /// A strict connection with the usual limits.
  public ClientConnection() {
    this(HttpLimits.CLIENT);
  }

  /// A strict connection.
  ///
  /// @param limits for what comes in
  public ClientConnection(HttpLimits limits) {
    this(limits, false);
  }

  /// A connection to a server that may be old.
  ///
  /// @param limits for what comes in
  /// @param lenient whether a line may end with a line feed alone, and go on in the next line if
  ///   that begins with a blank (RFC 9112, sections 2.2 and 5.2). Not behind a proxy that others
  ///   use too: it may see other responses than are seen here
  public ClientConnection(HttpLimits limits, boolean lenient) {
    super(limits, lenient);
    sending = Sending.HEAD;
  }

  /// Whether another request may be sent now. Ask again after what the server sent meanwhile was
  /// received, since it may have closed the connection.
  public boolean isReady() {
    return sending == Sending.HEAD && !hasEnded() && !hasFailed();
  }

  // ---- sending ----

  /// Begins a request. What begins must be ended by [#sendEnd].
  ///
  /// Without a Content-Length or `Transfer-Encoding: chunked` it has no body. A Host must be there.
  ///
  /// @param head what to send, as HTTP/1.1 whatever its version says
  /// @param out gets the head
  /// @throws IllegalArgumentException if the head contradicts itself
  /// @throws IllegalStateException if the request before is not answered, or the connection closed
  public void send(RequestHead head, ByteWriter out) {
    send(head, ConnectionFields.NO_LENGTH, out);
  }

  /// Sends a whole request; names its length, unless it is 0 and the method has usually no body.
  ///
  /// @param head without `Transfer-Encoding`
  /// @param body may be empty
  /// @param out gets all of it
  public void send(RequestHead head, Bytes body, ByteWriter out) {
    boolean none = body.isEmpty() && !usuallyHasBody(head.method());
    send(head, none ? ConnectionFields.NO_LENGTH : body.length(), out);
    sendData(body, out);
    sendEnd(out);
  }

  private void send(RequestHead head, long length, ByteWriter out) {
    requireTurn(isReady(), "a request");
    var fields = sent(head.headers());
    check(head, fields);
    HeadWriter.request(head, out);
    boolean chunked = fields.coding() == ConnectionFields.Coding.CHUNKED;
    long framed = fields.length() >= 0 ? fields.length() : length;
    if (fields.length() < 0 && length >= 0 && !chunked) {
      HeadWriter.length(length, out);
    }
    out.put(HeadWriter.CRLF);
    method = head.method();
    persistent = !fields.isClose();
    upgradable = fields.isUpgrade();
    awaitsContinue = fields.expectation() != null;
    interim = 0;
    receiving = Receiving.HEAD;
    beginBody(chunked ? Framing.CHUNKED : framed > 0 ? Framing.LENGTH : Framing.NONE, framed);
  }

  private static boolean usuallyHasBody(Method method) {
    return method.equals(Method.POST) || method.equals(Method.PUT) || method.equals(Method.PATCH);
  }

  private static void check(RequestHead head, ConnectionFields fields) {
    if (fields.coding() == ConnectionFields.Coding.OTHER_INSIDE_CHUNKS) {
      throw new IllegalArgumentException("a Transfer-Encoding besides chunked");
    }
    try {
      RequestRules.check(
          new RequestHead(head.method(), head.target(), Version.HTTP_1_1, head.headers()),
          fields,
          null);
    } catch (MessageFormatException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  // ---- receiving ----

  @Override
  HttpEvent head(HeadParser parser, int lines) throws ProtocolException {
    var head = parser.response(lines);
    var fields = received(head.headers());
    awaitsContinue = false;
    if (head.status().isInformational()) {
      receiveInterim(head);
    } else {
      receiveFinal(head, fields);
    }
    return head;
  }

  private void receiveInterim(ResponseHead head) throws ProtocolException {
    if (head.status().code() == 101) {
      if (!upgradable) {
        throw malformed("the server switches protocols, which nobody had offered");
      }
      becomeTunnel();
    } else if (++interim > limits.interim()) {
      throw new MessageLimitException(
          Status.BAD_GATEWAY, "the number of responses of 1xx", limits.interim());
    }
  }

  private void receiveFinal(ResponseHead head, ConnectionFields fields) throws ProtocolException {
    boolean chunked = fields.coding() == ConnectionFields.Coding.CHUNKED;
    if (Method.CONNECT.equals(method) && head.status().isSuccess()) {
      becomeTunnel();
      return;
    }
    persistent &= fields.isPersistent(head.version());
    if (Method.HEAD.equals(method) || head.status().isWithoutBody()) {
      expectLength(0);
    } else if (chunked && head.version() == Version.HTTP_1_0) {
      throw malformed("Transfer-Encoding in HTTP/1.0, which has none");
    } else if (chunked) {
      expectChunks();
    } else if (fields.length() >= 0) {
      expectLength(fields.length());
    } else {
      expectOpenBody();
    }
  }

  private void becomeTunnel() {
    receiving = Receiving.TUNNEL;
    sending = Sending.TUNNEL;
    persistent = false;
  }

  @Override
  HttpEvent endedBeforeHead() throws IncompleteMessageException {
    throw new IncompleteMessageException("the server closed the connection without an answer");
  }

  /// What comes without a request is no answer to the next one.
  @Override
  HttpEvent receiveNothing(ByteQueue input) throws ProtocolException {
    if (!input.isEmpty()) {
      throw malformed("the server sends without having been asked");
    }
    if (hasEnded()) {
      receiving = Receiving.CLOSED;
      sending = Sending.CLOSED;
      persistent = false;
      return HttpEvent.Signal.CLOSED;
    }
    return HttpEvent.Signal.PAUSED;
  }

  @Override
  void finishExchange() {
    if (receiving != Receiving.PAUSED) {
      return;
    }
    persistent &= sending == Sending.DONE;
    if (persistent) {
      sending = Sending.HEAD;
    } else {
      receiving = Receiving.CLOSED;
      if (sending == Sending.DONE) {
        sending = Sending.CLOSED;
      }
    }
  }
}
