// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;

/// One end of a WebSocket connection without its I/O: bytes in, events out; calls in, bytes out.
///
/// **Receiving.** The driver owns the queue and adds to it what arrives. [#receive] takes as much
/// out as makes the next event. While it says `NEED_DATA` add more, and if no more comes the
/// connection is broken: only `CLOSED` is an orderly end. Messages come in pieces, so that none
/// needs to fit into memory.
///
/// **Sending.** Each call returns bytes, to be sent whole and in the order of the calls. Control
/// frames may be sent between the fragments of a message.
///
/// **The end.** Each side sends one close frame and nothing behind it. Who has sent and received
/// one is through; the server closes the connection below first.
///
/// It has no I/O, clock or lock and belongs to one loop.
public final class WebSocketConnection {
  private final boolean server;
  private final FrameWriter writer;
  private final IncomingMessage message;
  private final @Nullable MessageDeflater deflater;
  private final int threshold;

  /// Whose payload is being received.
  private @Nullable FrameHeader frame;

  /// How much of it was.
  private long received;

  /// Fragments of a message were sent, and not the last one.
  private boolean sendingMessage;

  private boolean sendingCompressed;
  private @Nullable CloseStatus closeSent;
  private @Nullable CloseStatus closeReceived;
  private @Nullable WebSocketProtocolException failure;

  private WebSocketConnection(
      @Nullable IntSupplier maskKeys, WebSocketLimits limits, @Nullable Deflation deflation) {
    server = maskKeys == null;
    writer = new FrameWriter(maskKeys);
    message = new IncomingMessage(limits, deflation == null ? null : deflation.inflater(server));
    deflater = deflation == null ? null : deflation.deflater(server);
    threshold = deflation == null ? 0 : deflation.options().threshold();
  }

  /// The server's end.
  ///
  /// @param deflation null if nothing is compressed
  public static WebSocketConnection server(WebSocketLimits limits, @Nullable Deflation deflation) {
    return new WebSocketConnection(null, limits, deflation);
  }

  /// The client's end.
  ///
  /// @param deflation null if nothing is compressed
  /// @param maskKeys gives 32 bits for each frame, which nobody can foretell (RFC 6455, section
  ///   10.3)
  public static WebSocketConnection client(
      WebSocketLimits limits, @Nullable Deflation deflation, IntSupplier maskKeys) {
    return new WebSocketConnection(maskKeys, limits, deflation);
  }

  /// Whether this is the server's end.
  public boolean isServer() {
    return server;
  }

  // ---- receiving ----

  /// Takes the next event out of what has arrived.
  ///
  /// @param input always the same queue
  /// @throws WebSocketProtocolException if the peer broke the protocol; every later call throws it
  ///   again
  public WebSocketEvent receive(ByteQueue input) throws WebSocketProtocolException {
    if (failure != null) {
      throw failure;
    }
    try {
      return next(input);
    } catch (WebSocketProtocolException e) {
      failure = e;
      message.end();
      throw e;
    }
  }

  private WebSocketEvent next(ByteQueue input) throws WebSocketProtocolException {
    while (closeReceived == null) {
      var more = message.decompressed();
      if (more != null) {
        return more;
      }
      if (frame == null && !begin(input)) {
        return WebSocketEvent.Signal.NEED_DATA;
      }
      var event = payload(input);
      if (event != null) {
        return event;
      }
    }
    return WebSocketEvent.Signal.CLOSED;
  }

  /// Begins a frame, if enough of it is there.
  private boolean begin(ByteQueue input) throws WebSocketProtocolException {
    var header = FrameHeader.peek(input, server);
    if (header == null || !header.canBegin(input)) {
      return false;
    }
    if (!header.isControl()) {
      message.begin(header);
    }
    input.skip(header.size());
    frame = header;
    received = 0;
    return true;
  }

  /// @return null if what there is of the payload amounts to nothing
  private @Nullable WebSocketEvent payload(ByteQueue input) throws WebSocketProtocolException {
    var current = frame;
    if (current == null) {
      return null;
    }
    if (input.isEmpty() && received < current.length()) {
      return WebSocketEvent.Signal.NEED_DATA;
    }
    byte[] bytes = new byte[(int) Math.min(input.size(), current.length() - received)];
    input.takeInto(bytes, 0, bytes.length);
    if (current.masked()) {
      Mask.apply(current.key(), received, bytes, 0, bytes.length);
    }
    received += bytes.length;
    boolean ends = received == current.length();
    frame = ends ? null : current;
    return current.isControl()
        ? control(current.opcode(), Bytes.wrap(bytes))
        : message.accept(bytes, ends && current.last());
  }

  private WebSocketEvent control(int opcode, Bytes payload) throws WebSocketProtocolException {
    return switch (opcode) {
      case Opcode.PING -> new WebSocketEvent.Ping(payload);
      case Opcode.PONG -> new WebSocketEvent.Pong(payload);
      default -> {
        var status = CloseStatus.parse(payload);
        closeReceived = status;
        message.end();
        yield new WebSocketEvent.Close(status);
      }
    };
  }

  /// What the peer's close frame said; null if none has come.
  public @Nullable CloseStatus closeReceived() {
    return closeReceived;
  }

  // ---- sending ----

  /// A whole message.
  ///
  /// @param text whether it is text
  /// @param payload UTF-8, if it is text
  /// @throws IllegalStateException if a message has been begun, or a close frame was sent
  public Bytes message(boolean text, Bytes payload) {
    checkBetweenMessages();
    int first = FrameHeader.LAST | opcode(text);
    if (deflater != null && payload.length() >= threshold) {
      var smaller = deflater.deflate(payload, true);
      if (smaller.length() < payload.length()) {
        deflater.remember(payload);
        return writer.frame(first | FrameHeader.COMPRESSED, smaller);
      }
    }
    return writer.frame(first, payload);
  }

  /// A message that others get too. A server's is the same bytes for all that compress alike.
  ///
  /// @throws IllegalStateException if a message has been begun, or a close frame was sent
  public Bytes message(PreparedMessage prepared) {
    checkBetweenMessages();
    if (!writer.isPlain()) {
      return message(prepared.isText(), prepared.payload());
    }
    if (deflater == null || prepared.payload().length() < threshold) {
      return prepared.frame();
    }
    var compressed = prepared.compressedFrame(deflater);
    if (compressed.length() >= prepared.frame().length()) {
      return prepared.frame();
    }
    deflater.remember(prepared.payload());
    return compressed;
  }

  /// A piece of a message, as a frame of its own.
  ///
  /// @param text whether the message is text; the same for all of its pieces
  /// @param payload any bytes; those of all pieces together are UTF-8, if it is text
  /// @param last whether the message ends here
  /// @throws IllegalStateException if a close frame was sent
  public Bytes fragment(boolean text, Bytes payload, boolean last) {
    checkOpen();
    boolean begins = !sendingMessage;
    if (begins) {
      sendingCompressed = deflater != null;
    }
    int first = begins ? opcode(text) : Opcode.CONTINUATION;
    first |= last ? FrameHeader.LAST : 0;
    first |= begins && sendingCompressed ? FrameHeader.COMPRESSED : 0;
    sendingMessage = !last;
    if (deflater != null && sendingCompressed) {
      var compressed = deflater.deflate(payload, last);
      deflater.remember(payload);
      return writer.frame(first, compressed);
    }
    return writer.frame(first, payload);
  }

  /// A question whether the peer lives.
  ///
  /// @param payload at most 125 bytes, which the answer has too
  /// @throws IllegalStateException if a close frame was sent
  public Bytes ping(Bytes payload) {
    return control(payload, Opcode.PING);
  }

  /// The answer to a ping, or a sign of life.
  ///
  /// @param payload at most 125 bytes
  /// @throws IllegalStateException if a close frame was sent
  public Bytes pong(Bytes payload) {
    return control(payload, Opcode.PONG);
  }

  /// The end of what is sent.
  ///
  /// @param status [CloseStatus#NONE] to say nothing
  /// @throws IllegalStateException if a close frame was sent
  /// @throws IllegalArgumentException if the code must not be sent
  public Bytes close(CloseStatus status) {
    if (!status.isSendable() && !status.equals(CloseStatus.NONE)) {
      throw new IllegalArgumentException("a close code that must not be sent: " + status.code());
    }
    var close = control(status.toPayload(), Opcode.CLOSE);
    closeSent = status;
    return close;
  }

  /// What our close frame said; null if none was sent.
  public @Nullable CloseStatus closeSent() {
    return closeSent;
  }

  /// Says that perhaps not all was sent that calls have returned: later messages refer to nothing
  /// before them.
  public void forgetSent() {
    if (deflater != null) {
      deflater.forget();
    }
  }

  private Bytes control(Bytes payload, int opcode) {
    checkOpen();
    if (payload.length() > FrameHeader.LONGEST_CONTROL) {
      throw new IllegalArgumentException(
          "a control frame of " + payload.length() + " bytes: 125 are the most");
    }
    return writer.frame(FrameHeader.LAST | opcode, payload);
  }

  private static int opcode(boolean text) {
    return text ? Opcode.TEXT : Opcode.BINARY;
  }

  private void checkBetweenMessages() {
    checkOpen();
    if (sendingMessage) {
      throw new IllegalStateException("a message within another one: its last fragment is missing");
    }
  }

  private void checkOpen() {
    if (closeSent != null) {
      throw new IllegalStateException("a close frame was sent; nothing may follow it");
    }
  }

  /// Lets go of what was lent: the connection will not go on.
  public void end() {
    message.end();
  }
}
