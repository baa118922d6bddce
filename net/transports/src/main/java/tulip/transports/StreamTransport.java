// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.core.Tulip;
import tulip.core.sync.Lock;
import tulip.net.Attribute;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;
import tulip.net.TlsContext;
import tulip.net.spi.OutputBuffer;
import tulip.net.spi.Wire;

/// A transport over any wire.
final class StreamTransport extends Conversation<StreamProtocol> implements Transport {
  private final StreamLimits limits;
  private final ByteQueue input;
  private final OutputBuffer output;

  /// Who holds it reads from the wire: this task, or one that shakes hands.
  private final Lock reading = new Lock();

  private Wire wire;
  private boolean paused;
  private boolean ended;

  /// The last read has found less than it could have taken.
  private boolean drained = true;

  /// What keeps the protocol from writing.
  private @Nullable String occupation;

  /// Takes the stream's wire over, and what the stream has received already.
  ///
  /// @param stream has sent all that was written
  StreamTransport(ByteStream stream, StreamProtocol protocol) throws IOException {
    super(protocol, WriteBufferLimits.ofHigh(stream.limits().output()));
    limits = stream.limits();
    input = stream.input();
    wire = stream.detach();
    output = new OutputBuffer(wire, flow.limits().low(), () -> loop.callSoon(this::progressed));
  }

  // Receiving.

  @Override
  void greet() throws Exception {
    protocol().connectionMade(this);
  }

  @Override
  void receive() throws IOException {
    if (!canReceive()) {
      awaitChange();
      return;
    }
    reading.acquire();
    try {
      if (input.isEmpty() && drained) {
        awaitBytes();
      }
      if (canReceive()) {
        feed();
      }
    } finally {
      reading.release();
    }
    if (!drained) {
      Tulip.yield(); // a peer that never stops must not keep the turn
    }
  }

  private boolean canReceive() {
    return !paused && !ended && !isClosing();
  }

  private void awaitBytes() throws IOException {
    output.push();
    input.trim();
    awaitReceivable(wire::awaitReadable);
  }

  private void feed() throws IOException {
    switch (protocol()) {
      case BufferedProtocol buffered -> feed(buffered);
      case Protocol plain -> feed(plain);
    }
    if (ended) {
      call("eofReceived", this::tellEnd);
    }
  }

  private void tellEnd() throws Exception {
    if (!protocol().eofReceived()) {
      close();
    }
  }

  private void feed(Protocol protocol) throws IOException {
    if (input.isEmpty()) {
      int n = 0;
      var target = input.writable(1);
      try {
        n = read(target);
      } finally {
        input.commit(Math.max(0, n));
      }
    }
    if (!input.isEmpty()) {
      var data = input.take(input.size());
      call("dataReceived", () -> protocol.dataReceived(data));
    }
  }

  private void feed(BufferedProtocol protocol) throws IOException {
    var target = bufferOf(protocol);
    if (target != null) {
      int n = input.isEmpty() ? read(target) : input.takeInto(target);
      if (n > 0) {
        call("bufferUpdated", () -> protocol.bufferUpdated(n));
      }
    }
  }

  private @Nullable ByteBuffer bufferOf(BufferedProtocol protocol) {
    var given = new ByteBuffer[1];
    call(
        "getBuffer",
        () -> {
          var buffer = protocol.getBuffer(input.isEmpty() ? -1 : input.size());
          if (!buffer.hasRemaining()) {
            throw new IllegalStateException("the buffer has no room");
          }
          given[0] = buffer;
        });
    return given[0];
  }

  private int read(ByteBuffer target) throws IOException {
    int room = target.remaining();
    int n = wire.read(target);
    drained = n < room;
    ended = n < 0;
    return n;
  }

  @Override
  public void pauseReading() {
    paused |= !isClosing();
    changed();
  }

  @Override
  public void resumeReading() {
    paused &= isClosing();
    changed();
  }

  @Override
  public boolean isReading() {
    return !paused && !isClosing();
  }

  // Writing.

  @Override
  public void write(ByteBuffer source) {
    checkWritable("write");
    if (!source.hasRemaining()) {
      return;
    }
    if (isClosing() || output.failure() != null) {
      source.position(source.limit());
      ignoreWrite();
      return;
    }
    int size = source.remaining();
    if (size >= OutputBuffer.LARGE || size > flow.limits().high() - output.size()) {
      writeMuch(source);
    }
    output.put(source);
    flow.update(output.size());
  }

  /// Much leaves at once if it can: a copy costs, and what is left may be too much to be kept.
  private void writeMuch(ByteBuffer source) {
    output.push();
    try {
      output.writeStraight(source, source.remaining());
    } catch (IOException e) {
      source.position(source.limit()); // the task has been told
    }
  }

  private void checkWritable(String name) {
    if (output.isEnded()) {
      throw new IllegalStateException(name + " after writeEof on " + this);
    }
    checkUnoccupied(name);
  }

  private void checkUnoccupied(String name) {
    if (occupation != null) {
      throw new IllegalStateException(name + " while " + occupation + " over " + this);
    }
  }

  /// The wire has taken something, or is broken.
  private void progressed() {
    var failure = output.failure();
    if (failure != null) {
      lose(failure);
    } else if (!isClosing()) {
      flow.update(output.size());
    }
  }

  @Override
  public void writeEof() {
    checkUnoccupied("writeEof");
    if (!isClosing()) {
      try {
        output.end();
      } catch (IOException e) {
        lose(e);
      }
    }
  }

  @Override
  public int getWriteBufferSize() {
    return output.size();
  }

  @Override
  public void setWriteBufferLimits(WriteBufferLimits changed) {
    flow.limits(changed);
    output.low(changed.low());
    if (output.size() > changed.high()) {
      output.push();
    }
    flow.update(output.size());
  }

  /// Sends a file; nobody else may write meanwhile.
  long send(FileSending file) throws IOException {
    checkWritable("sendFile");
    checkOpen();
    occupation = "a file is sent";
    boolean done = false;
    try {
      long sent = file.sendOver(output);
      done = true;
      return sent;
    } finally {
      occupation = null;
      if (!done && file.isBegun()) {
        lose(new IOException("a file was not sent to its end: a part of it is missing"));
      }
    }
  }

  // TLS.

  /// Goes on in TLS, with another protocol.
  ///
  /// @param peer the server's name; `null` for a server
  void startTls(StreamProtocol next, TlsContext context, @Nullable String peer) throws IOException {
    checkWritable("startTls");
    checkOpen();
    occupation = "TLS begins";
    try {
      if (isInside()) {
        secure(next, context, peer);
      } else {
        changed();
        reading.run(() -> secure(next, context, peer));
      }
    } finally {
      occupation = null;
    }
  }

  private void secure(StreamProtocol next, TlsContext context, @Nullable String peer)
      throws IOException {
    @Nullable IOException failure = new IOException("the TLS handshake was cancelled");
    try {
      output.flush();
      var stream = new ByteStream(wire, limits);
      stream.input().put(input.take(input.size()));
      Tls.shakeHands(stream, context, peer);
      wire = stream.detach();
      output.moveTo(wire);
      protocol(next);
      failure = null;
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      if (failure != null) {
        lose(failure);
      }
    }
  }

  private void checkOpen() throws ClosedChannelException {
    if (isClosing()) {
      throw new ClosedChannelException();
    }
  }

  // The end.

  @Override
  void deliver() throws IOException {
    boolean delivered = output.size() == 0;
    try {
      Tulip.timeout(limits.close(), output::finish);
    } catch (TimeoutException e) {
      throw new IOException(
          output.size() + " bytes were not sent within " + limits.close() + " over " + wire, e);
    } catch (IOException e) {
      if (!(ended && delivered)) { // else only the goodbye did not reach a peer that had gone
        throw e;
      }
    }
  }

  @Override
  void release() {
    output.close();
    wire.close();
  }

  // Looking.

  @Override
  public <T> @Nullable T attribute(Attribute<T> which) {
    return wire.attribute(which);
  }

  @Override
  public void setProtocol(StreamProtocol protocol) {
    protocol(protocol);
  }

  @Override
  public StreamProtocol getProtocol() {
    return protocol();
  }

  @Override
  public String toString() {
    return "transport over " + wire;
  }
}
