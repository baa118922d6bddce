// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// One connection of HTTP/1.1 without its I/O: bytes in, events out; calls in, bytes out.
///
/// **Receiving.** The driver owns the queue and adds to it what arrives. [#receive] takes as much
/// out as makes the next event, and changes nothing else in it. While it says `NEED_DATA` add more;
/// when no more will come, call [#inputEnded] once and go on asking until `CLOSED`. Bytes that the
/// connection has not taken are the driver's: after `TUNNEL` they are the other protocol's first.
/// All of it counts on nobody else taking bytes out of the queue before that.
///
/// **Sending.** Each `send` appends to a writer what the driver then sends. Calls out of their
/// order are an [IllegalStateException], heads that cannot be sent an [IllegalArgumentException];
/// nothing was sent then. Should the writer be too small for a head, part of it may be in the
/// writer: give up the connection.
///
/// **Framing** is decided here, from the head: the length that it names, else chunks, else the end
/// of the connection. So are keep-alive and close.
///
/// Both directions advance by themselves, so that a body may be sent while another is received. A
/// connection has no I/O, clock or lock and belongs to one loop.
public abstract sealed class HttpConnection permits ServerConnection, ClientConnection {
  /// Where the message that is being received stands.
  enum Receiving {
    HEAD,
    BODY,
    PAUSED,
    TUNNEL,
    CLOSED
  }

  /// Where the message that is being sent stands.
  enum Sending {
    /// It is not our turn.
    WAITING,
    HEAD,
    BODY,
    DONE,
    TUNNEL,
    CLOSED
  }

  final HttpLimits limits;
  Receiving receiving = Receiving.PAUSED;
  Sending sending = Sending.WAITING;
  boolean persistent = true;
  boolean awaitsContinue;
  private final boolean lenient;
  private final LineBlock headBlock;
  private long bodyLimit;
  private @Nullable BodyReader bodyReader;
  private @Nullable BodyWriter bodyWriter;
  private @Nullable ProtocolException failure;
  private boolean ended;
  private int emptyLines;

  HttpConnection(HttpLimits limits, boolean lenient) {
    this.limits = limits;
    this.lenient = lenient;
    this.headBlock = new LineBlock(lenient);
    this.bodyLimit = limits.body();
  }

  // ---- receiving ----

  /// Takes the next event out of what has arrived.
  ///
  /// @param input always the same queue
  /// @return a head, a piece of a body, an end, or a signal that says why there is none
  /// @throws ProtocolException if the peer broke the protocol; every later call throws it again
  public HttpEvent receive(ByteQueue input) throws ProtocolException {
    if (failure != null) {
      throw failure;
    }
    try {
      return switch (receiving) {
        case HEAD -> receiveHead(input);
        case BODY -> receiveBody(input);
        case PAUSED -> receiveNothing(input);
        case TUNNEL -> HttpEvent.Signal.TUNNEL;
        case CLOSED -> HttpEvent.Signal.CLOSED;
      };
    } catch (ProtocolException e) {
      failure = e;
      persistent = false;
      throw e;
    }
  }

  /// Tells that the peer will send no more than the queue has now.
  public void inputEnded() {
    ended = true;
  }

  /// Sets how large the body of this message may be, in place of [HttpLimits#body]. To be called
  /// after its head was received and before its body; or in between for what is still to come.
  ///
  /// @param bytes for the whole body, what was received included; not negative
  public void limitBody(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a body of at most " + bytes + " bytes");
    }
    bodyLimit = bytes;
    if (bodyReader != null) {
      bodyReader.limit(bytes);
    }
  }

  /// Whether the message that is being received has a body that was not all received yet.
  public boolean expectsBody() {
    return bodyReader != null;
  }

  /// Whether the connection is to be closed once this message and its answer are through, or at
  /// once if there is none. After that no other message may be sent.
  public boolean isClosing() {
    return !persistent;
  }

  /// Whether the request said `Expect: 100-continue`, and neither its body nor an answer has come
  /// yet. A server then calls [ServerConnection#sendContinue], if it wants the body. A client waits
  /// for a while before it sends the body, but not for ever.
  public boolean awaitsContinue() {
    return awaitsContinue;
  }

  private HttpEvent receiveHead(ByteQueue input) throws ProtocolException {
    skipEmptyLines(input);
    if (input.isEmpty() || (input.size() == 1 && input.peekByte(0) == '\r')) {
      return ended ? endedBeforeHead() : HttpEvent.Signal.NEED_DATA;
    }
    checkFirstByte(input.peekByte(0));
    byte[] block = headBlock.take(input, limits.head());
    if (block != null) {
      emptyLines = 0;
      bodyLimit = limits.body();
      return head(new HeadParser(block, limits, lenient), headBlock.lines());
    }
    if (ended) {
      throw new IncompleteMessageException("the peer stopped sending inside of a head");
    }
    return HttpEvent.Signal.NEED_DATA;
  }

  /// Passes over empty lines ahead of a head, which some peers send after a body (RFC 9112, section
  /// 2.2).
  private void skipEmptyLines(ByteQueue input) throws MessageFormatException {
    int length;
    while ((length = emptyLine(input)) > 0) {
      input.skip(length);
      if (++emptyLines > limits.emptyLines()) {
        throw new MessageFormatException(Status.BAD_REQUEST, "too many empty lines before a head");
      }
    }
  }

  private int emptyLine(ByteQueue input) {
    if (input.has(2) && input.peekByte(0) == '\r' && input.peekByte(1) == '\n') {
      return 2;
    }
    return lenient && input.has(1) && input.peekByte(0) == '\n' ? 1 : 0;
  }

  private static void checkFirstByte(byte first) throws MessageFormatException {
    if (first == 0x16) {
      throw new MessageFormatException(
          Status.BAD_REQUEST, "a TLS handshake, where plain HTTP is spoken");
    }
  }

  private HttpEvent receiveBody(ByteQueue input) throws ProtocolException {
    var event = bodyReader == null ? HttpEvent.End.PLAIN : bodyReader.read(input, ended);
    awaitsContinue &= event == HttpEvent.Signal.NEED_DATA;
    if (event instanceof HttpEvent.End) {
      bodyReader = null;
      receiving = Receiving.PAUSED;
      finishExchange();
    }
    return event;
  }

  /// Reads a head and knows what to do about it.
  abstract HttpEvent head(HeadParser parser, int lines) throws ProtocolException;

  /// Says what the end of the input means where a head was due.
  abstract HttpEvent endedBeforeHead() throws ProtocolException;

  /// Says what there is while no message is due.
  HttpEvent receiveNothing(ByteQueue input) throws ProtocolException {
    return HttpEvent.Signal.PAUSED;
  }

  /// Goes on to the next exchange, if both messages of this one are through.
  abstract void finishExchange();

  final boolean hasEnded() {
    return ended;
  }

  final boolean hasFailed() {
    return failure != null;
  }

  /// Expects a body of this length.
  final void expectLength(long length) {
    bodyReader = length == 0 ? null : new LengthBody(length, bodyLimit);
    receiving = Receiving.BODY;
  }

  final void expectChunks() {
    bodyReader = new ChunkedBody(limits, bodyLimit, lenient);
    receiving = Receiving.BODY;
  }

  final void expectOpenBody() {
    bodyReader = new OpenBody(bodyLimit);
    receiving = Receiving.BODY;
    persistent = false;
  }

  static ConnectionFields received(Headers headers) throws MessageFormatException {
    try {
      var fields = ConnectionFields.of(headers);
      if (fields.coding() == ConnectionFields.Coding.OTHER_INSIDE_CHUNKS) {
        throw new MessageFormatException(
            Status.NOT_IMPLEMENTED, "a Transfer-Encoding besides chunked");
      }
      return fields;
    } catch (MalformedException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  static MessageFormatException malformed(String problem) {
    return new MessageFormatException(Status.BAD_REQUEST, problem);
  }

  // ---- sending ----

  /// Appends a piece of the body.
  ///
  /// @param data as much as one likes; an empty piece sends nothing
  /// @param out gets it with its framing; of a response to HEAD it gets nothing
  public void sendData(Bytes data, ByteWriter out) {
    if (beginData(data.length(), out)) {
      out.put(data);
      endData(out);
    }
  }

  /// Announces a piece of the body that the driver sends itself, from a file or without a copy.
  ///
  /// @param length how many bytes will follow
  /// @param out gets what goes ahead of them
  /// @return whether they are to be sent, and [#endData] to be called after them; else neither
  public boolean beginData(long length, ByteWriter out) {
    return bodyWriter().begin(length, out);
  }

  /// Ends the piece that [#beginData] announced.
  ///
  /// @param out gets what goes after its bytes
  public void endData(ByteWriter out) {
    bodyWriter().end(out);
  }

  /// Ends the message.
  ///
  /// @param out gets what ends the body
  public void sendEnd(ByteWriter out) {
    sendEnd(Headers.EMPTY, out);
  }

  /// Ends the message.
  ///
  /// @param trailers fields that were not known ahead; only a chunked body can have some
  /// @param out gets what ends the body
  /// @throws IllegalStateException if data is missing of the length that the head named
  public void sendEnd(Headers trailers, ByteWriter out) {
    bodyWriter().finish(trailers, out);
    bodyWriter = null;
    sending = Sending.DONE;
    finishExchange();
  }

  private BodyWriter bodyWriter() {
    if (bodyWriter == null) {
      throw new IllegalStateException("no head was sent that this would belong to");
    }
    return bodyWriter;
  }

  /// Frames the body that is to be sent now.
  final void beginBody(BodyWriter.Framing framing, long length) {
    bodyWriter = new BodyWriter(framing, length);
    sending = Sending.BODY;
    persistent &= framing != BodyWriter.Framing.OPEN;
  }

  final void requireTurn(boolean ours, String what) {
    if (!ours) {
      throw new IllegalStateException(
          what + " cannot be sent now: receiving " + receiving + ", sending " + sending);
    }
  }

  /// The fields of a head that is to be sent.
  static ConnectionFields sent(Headers headers) {
    try {
      return ConnectionFields.of(headers);
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /// {@return where both directions stand, for people}
  @Override
  public String toString() {
    return getClass().getSimpleName() + "[receiving " + receiving + ", sending " + sending + "]";
  }
}
