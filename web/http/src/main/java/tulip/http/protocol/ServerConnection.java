// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.http.protocol.BodyWriter.Framing;

/// The server's end of a connection: requests come in, responses go out, in turn.
///
/// One request is read at a time; the next waits in the queue until this one is answered. So
/// pipelined requests take no more memory than the queue has, and answers keep their order.
///
/// A response may be sent before its request has been read to its end. What is left of the request
/// is then still received, unless [#isClosing].
public final class ServerConnection extends HttpConnection {
  private @Nullable RequestHead request;
  private boolean upgradable;
  private boolean lastRequest;
  private Headers usual = Headers.EMPTY;
  private @Nullable String goodHost;

  /// A connection with the usual limits.
  public ServerConnection() {
    this(HttpLimits.SERVER);
  }

  /// A connection.
  ///
  /// @param limits for what comes in
  public ServerConnection(HttpLimits limits) {
    super(limits, false);
    receiving = Receiving.HEAD;
  }

  /// Lets no other request follow this one: its response says so, if it was not begun yet. Without
  /// a request, the connection can be closed at once.
  public void lastRequest() {
    lastRequest = true;
    if (sending == Sending.WAITING && receiving == Receiving.HEAD) {
      persistent = false;
    }
  }

  /// Adds fields to each final response that begins from now on, ahead of its own and unless it has
  /// them itself: for what all of a server's responses say, such as Date, so that nobody has to put
  /// heads together for it.
  ///
  /// @param fields replace those of the call before; nothing about the body or the connection
  public void usualFields(Headers fields) {
    usual = fields;
  }

  // ---- receiving ----

  @Override
  HttpEvent head(HeadParser parser, int lines) throws ProtocolException {
    var head = parser.request(lines);
    var fields = received(head.headers());
    RequestRules.check(head, fields, goodHost);
    goodHost = fields.host();
    request = head;
    sending = Sending.HEAD;
    persistent = fields.isPersistent(head.version()) && !lastRequest;
    upgradable = fields.isUpgrade();
    if (fields.coding() == ConnectionFields.Coding.CHUNKED) {
      expectChunks();
    } else {
      expectLength(Math.max(0, fields.length()));
    }
    boolean hasBody = fields.length() > 0 || fields.coding() != ConnectionFields.Coding.NONE;
    awaitsContinue = hasBody && fields.expectation() != null && head.version() == Version.HTTP_1_1;
    return head;
  }

  @Override
  HttpEvent endedBeforeHead() {
    receiving = Receiving.CLOSED;
    persistent = false;
    return HttpEvent.Signal.CLOSED;
  }

  @Override
  void finishExchange() {
    if (sending == Sending.TUNNEL) {
      receiving = receiving == Receiving.PAUSED ? Receiving.TUNNEL : receiving;
    } else if (sending != Sending.DONE) {
      return;
    } else if (!persistent) {
      receiving = Receiving.CLOSED;
      sending = Sending.CLOSED;
    } else if (receiving == Receiving.PAUSED) {
      receiving = Receiving.HEAD;
      sending = Sending.WAITING;
      request = null;
    }
  }

  // ---- sending ----

  /// Lets the client send its body, if it waits for that; else does nothing.
  ///
  /// @param out gets the response
  public void sendContinue(ByteWriter out) {
    if (awaitsContinue) {
      send(ResponseHead.of(Status.CONTINUE, Headers.EMPTY), out);
    }
  }

  /// Begins a response, or sends one of 1xx ahead of it. What begins must be ended by [#sendEnd].
  ///
  /// The body's framing follows from the head: a Content-Length says how much must come, without
  /// one the body is chunked, or ends with the connection for clients of HTTP/1.0. Give no
  /// Transfer-Encoding, and a Connection only to say `close`.
  ///
  /// After `101 Switching Protocols`, and after 2xx for CONNECT, the connection is a tunnel. After
  /// a [ProtocolException] one response may be sent, if none was begun.
  ///
  /// @param head what to send; its version does not matter
  /// @param out gets the head
  /// @throws IllegalArgumentException if the head contradicts itself or its status
  /// @throws IllegalStateException if no response is due
  public void send(ResponseHead head, ByteWriter out) {
    send(head, ConnectionFields.NO_LENGTH, out);
  }

  /// Sends a whole response; names its length, if the head does not.
  ///
  /// @param head of a final status
  /// @param body left out for HEAD; empty if the status knows no body
  /// @param out gets all of it
  public void send(ResponseHead head, Bytes body, ByteWriter out) {
    if (head.status().isInformational()) {
      throw new IllegalArgumentException(head.status() + " is no whole response");
    }
    send(head, body.length(), out);
    if (sending != Sending.TUNNEL) {
      sendData(body, out);
      sendEnd(out);
    }
  }

  private void send(ResponseHead head, long length, ByteWriter out) {
    requireTurn(
        sending == Sending.HEAD || (hasFailed() && sending == Sending.WAITING), "a response");
    var fields = sent(head.headers());
    ResponseRules.check(head, fields, length);
    if (head.status().isInformational()) {
      sendInterim(head, fields, out);
    } else if (isConnect() && head.status().isSuccess()) {
      sendTunnel(head, Math.max(fields.length(), length), out);
    } else {
      sendFinal(head, fields, fields.length() >= 0 ? fields.length() : length, out);
    }
  }

  private boolean isConnect() {
    return request != null && request.method().equals(Method.CONNECT);
  }

  private void sendInterim(ResponseHead head, ConnectionFields fields, ByteWriter out) {
    if (request == null || request.version() == Version.HTTP_1_0) {
      throw new IllegalStateException(head.status() + " for a client that knows no 1xx");
    }
    boolean switching = head.status().code() == 101;
    if (switching && !upgradable) {
      throw new IllegalStateException("the client did not offer to switch protocols");
    }
    HeadWriter.response(head, Headers.EMPTY, out);
    if (switching && !fields.isUpgrade()) {
      out.put(HeadWriter.UPGRADE);
    }
    out.put(HeadWriter.CRLF);
    awaitsContinue = false;
    if (switching) {
      becomeTunnel();
    }
  }

  private void sendTunnel(ResponseHead head, long length, ByteWriter out) {
    if (length > 0) {
      throw new IllegalArgumentException("a body where the tunnel begins");
    }
    HeadWriter.response(head, Headers.EMPTY, out);
    out.put(HeadWriter.CRLF);
    becomeTunnel();
  }

  private void becomeTunnel() {
    sending = Sending.TUNNEL;
    persistent = false;
    finishExchange();
  }

  private void sendFinal(ResponseHead head, ConnectionFields fields, long length, ByteWriter out) {
    var framing = framing(head.status(), length);
    // A client that still waits may send its body or not; what would follow cannot be told apart.
    boolean goesOn =
        persistent
            && !lastRequest
            && !awaitsContinue
            && !fields.isClose()
            && framing != Framing.OPEN;
    HeadWriter.response(head, usual, out);
    if (framing == Framing.CHUNKED || (framing == Framing.LEFT_OUT && length < 0 && isModern())) {
      out.put(HeadWriter.CHUNKED);
    } else if (fields.length() < 0 && length >= 0 && framing != Framing.NONE) {
      HeadWriter.length(length, out);
    }
    if (!goesOn && !fields.isClose()) {
      out.put(HeadWriter.CLOSE);
    } else if (goesOn && !isModern() && !fields.isKeepAlive()) {
      out.put(HeadWriter.KEEP_ALIVE);
    }
    out.put(HeadWriter.CRLF);
    awaitsContinue = false;
    persistent = goesOn;
    beginBody(framing, length);
  }

  private Framing framing(Status status, long length) {
    if (status.isWithoutBody()) {
      return Framing.NONE;
    }
    if (request != null && request.method().equals(Method.HEAD)) {
      return Framing.LEFT_OUT;
    }
    if (length >= 0) {
      return Framing.LENGTH;
    }
    return isModern() ? Framing.CHUNKED : Framing.OPEN;
  }

  private boolean isModern() {
    return request != null && request.version() == Version.HTTP_1_1;
  }
}
