// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.net.spi.Buffers;
import tulip.net.spi.Waiters;
import tulip.net.spi.Wire;

/// TLS over another wire, by the JDK's engine.
///
/// The engine's tasks, signatures among them, run on the loop: about a millisecond a handshake. It
/// takes longer to have another thread do it, and handshakes are limited by processor time anyway.
final class TlsWire implements Wire {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /// So much is encrypted before the wire below is asked to take it.
  private static final int BATCH = 64 * 1024;

  private final Wire below;
  private final SSLEngine engine;
  private final ByteQueue received = new ByteQueue(Buffers.UNLIMITED, Buffers.pool());
  private final ByteQueue decrypted = new ByteQueue(Buffers.UNLIMITED, Buffers.pool());
  private final ByteQueue encrypted = new ByteQueue(Buffers.UNLIMITED, Buffers.pool());
  private final Waiters room = new Waiters(() -> "room for the TLS handshake in " + this);
  private boolean established;

  /// The wire below takes nothing more; it calls [#unblock].
  private boolean blocked;

  /// What was received holds no whole record.
  private boolean starved = true;

  private boolean ended;
  private @Nullable Runnable writable;
  private @Nullable IOException failure;

  /// What was wrong with what was received. Nothing behind it counts, least of all an end.
  private @Nullable SSLException forged;

  /// @param early what was received from the peer already, all of it TLS
  TlsWire(Wire below, SSLEngine engine, ByteQueue early) {
    this.below = below;
    this.engine = engine;
    received.put(early.take(early.size()));
  }

  // The handshake. In a task.

  /// Shakes hands.
  ///
  /// @throws SSLException if the two do not agree; the peer has been told
  void handshake() throws IOException {
    try {
      engine.beginHandshake();
      while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
        step();
      }
      awaitSent();
      established = true;
    } catch (SSLException e) {
      sendAlert();
      throw e;
    }
  }

  private void step() throws IOException {
    switch (engine.getHandshakeStatus()) {
      case NEED_WRAP -> {
        encrypt(NOTHING);
        send();
      }
      case NEED_TASK -> runTasks();
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
        awaitSent();
        if (decrypt(Buffers.scratch()).getStatus() == Status.BUFFER_UNDERFLOW) {
          awaitBytes();
        }
      }
      case NOT_HANDSHAKING, FINISHED -> {}
    }
  }

  private void awaitBytes() throws IOException {
    int n;
    while ((n = receive()) == 0) {
      below.awaitReadable();
    }
    if (n < 0) {
      throw new EOFException("the peer hung up during the TLS handshake");
    }
  }

  private void awaitSent() throws IOException {
    send();
    while (!encrypted.isEmpty()) {
      room.await();
      checkFailure();
    }
  }

  /// Tells the peer why it failed, as far as the wire takes it now.
  private void sendAlert() {
    try {
      encrypt(NOTHING);
      send();
    } catch (IOException e) {
      System.getLogger("tulip.net").log(System.Logger.Level.DEBUG, "no TLS alert sent", e);
    }
  }

  private void runTasks() {
    for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  // Reading.

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!decrypted.isEmpty()) {
      return decrypted.takeInto(target);
    }
    if (forged != null) {
      throw new SSLException(forged.getMessage(), forged);
    }
    while (!ended) {
      int n = decryptInto(target);
      if (n > 0) {
        return n;
      }
      int got = ended ? 0 : receive();
      if (got < 0) {
        throw new SSLException(
            "the connection ended without TLS's goodbye: what was received may be cut short");
      }
      if (got == 0 && !ended) {
        return 0;
      }
    }
    return -1;
  }

  /// Decrypts what was received until there is something for the caller or no whole record is left.
  private int decryptInto(ByteBuffer target) throws IOException {
    int size = engine.getSession().getApplicationBufferSize();
    while (!received.isEmpty() && !ended) {
      boolean direct = target.remaining() >= size;
      var plain = direct ? target : Buffers.scratch();
      var result = decrypt(plain);
      if (result.bytesProduced() > 0) {
        return direct ? takeMore(target, size, result.bytesProduced()) : split(plain, target);
      }
      if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
        return 0;
      }
    }
    return 0;
  }

  /// Goes on with the records that are there while they fit.
  private int takeMore(ByteBuffer target, int size, int sofar) throws IOException {
    int all = sofar;
    try {
      while (!received.isEmpty() && !ended && target.remaining() >= size) {
        var result = decrypt(target);
        if (result.getStatus() != Status.OK) {
          break;
        }
        all += result.bytesProduced();
      }
    } catch (SSLException e) {
      return all; // which was good; the next read tells
    }
    return all;
  }

  private int split(ByteBuffer plain, ByteBuffer target) {
    decrypted.put(plain.flip());
    return decrypted.takeInto(target);
  }

  /// Decrypts one record, and does what the engine wants done after it.
  private SSLEngineResult decrypt(ByteBuffer target) throws IOException {
    try {
      return unwrap(target);
    } catch (SSLException e) {
      forged = e;
      sendAlert();
      throw e;
    }
  }

  private SSLEngineResult unwrap(ByteBuffer target) throws IOException {
    var source = received.view(received.size());
    var result = engine.unwrap(source, target);
    received.skip(result.bytesConsumed());
    starved = result.getStatus() == Status.BUFFER_UNDERFLOW || received.isEmpty();
    if (result.getStatus() == Status.CLOSED) {
      ended = true;
    } else if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      runTasks();
    }
    if (established) {
      answer();
    }
    return result;
  }

  /// Answers a key update or the peer's goodbye. A second handshake within TLS 1.2 is refused: it
  /// costs the server much and the client little, and nobody needs it.
  private void answer() throws IOException {
    if (engine.getHandshakeSession() != null && !isTls13()) {
      throw new SSLException("the peer wants to renegotiate, which is refused");
    }
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      boolean alone = encrypted.isEmpty();
      encrypt(NOTHING);
      sendIfPossible(alone);
    }
  }

  private boolean isTls13() {
    return engine.getSession().getProtocol().equals("TLSv1.3");
  }

  private int receive() throws IOException {
    var target = received.writable(engine.getSession().getPacketBufferSize());
    int n = 0;
    try {
      n = below.read(target);
    } finally {
      received.commit(Math.max(0, n));
    }
    starved &= n <= 0;
    return n;
  }

  @Override
  public void awaitReadable() throws IOException {
    if (ended || !starved || !decrypted.isEmpty() || forged != null) {
      return;
    }
    if (4 * received.size() < received.capacity()) {
      received.trim();
    }
    below.awaitReadable();
  }

  // Writing.

  @Override
  public int write(ByteBuffer source) throws IOException {
    checkFailure();
    int before = source.remaining();
    while (source.hasRemaining() && !blocked) {
      while (source.hasRemaining() && encrypted.size() < BATCH) {
        encrypt(source);
      }
      send();
    }
    return before - source.remaining();
  }

  /// Encrypts one record.
  private void encrypt(ByteBuffer source) throws IOException {
    var target = encrypted.writable(engine.getSession().getPacketBufferSize());
    int produced = 0;
    try {
      var result = engine.wrap(source, target);
      produced = result.bytesProduced();
      if (result.getStatus() == Status.CLOSED && source.hasRemaining()) {
        throw new SSLException("TLS has said goodbye on this connection: nothing can be written");
      }
      if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
        runTasks();
      }
    } finally {
      encrypted.commit(produced);
    }
  }

  private void send() throws IOException {
    while (!encrypted.isEmpty() && !blocked) {
      int size = Math.min(encrypted.size(), BATCH);
      int n = below.write(encrypted.view(size));
      encrypted.skip(n);
      if (n < size) {
        block();
      }
    }
  }

  /// Sends a word of TLS's own. Whether the peer still hears it is of no interest, if nothing else
  /// is under way.
  private void sendIfPossible(boolean alone) {
    try {
      send();
    } catch (IOException e) {
      encrypted.clear();
      if (!alone) {
        failure = e;
      }
    }
  }

  private void block() {
    if (!blocked) {
      blocked = true;
      below.whenWritable(this::unblock);
    }
  }

  private void unblock() {
    blocked = false;
    try {
      send();
    } catch (IOException e) {
      failure = e;
    }
    if (!blocked) {
      room.wakeAll();
      var callback = writable;
      writable = null;
      if (callback != null) {
        callback.run();
      }
    }
  }

  @Override
  public void whenWritable(Runnable callback) {
    writable = callback;
    block();
  }

  @Override
  public boolean flush() throws IOException {
    checkFailure();
    send();
    return encrypted.isEmpty() && below.flush();
  }

  private void checkFailure() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  // The end.

  /// TLS's half-close: the goodbye ends this direction alone, as of TLS 1.3.
  @Override
  public boolean shutdownOutput() throws IOException {
    checkFailure();
    boolean alone = encrypted.isEmpty();
    if (!engine.isOutboundDone()) {
      engine.closeOutbound();
      while (!engine.isOutboundDone()) {
        int before = encrypted.size();
        encrypt(NOTHING);
        if (encrypted.size() == before) {
          break;
        }
      }
    }
    sendIfPossible(alone);
    checkFailure();
    return encrypted.isEmpty();
  }

  @Override
  public boolean sayGoodbye() throws IOException {
    return shutdownOutput() && below.sayGoodbye();
  }

  @Override
  public void close() {
    received.clear();
    encrypted.clear();
    decrypted.clear();
    below.close();
    room.wakeAll();
  }

  @Override
  public <T> @Nullable T attribute(Attribute<T> which) {
    var mine = TlsAttributes.find(engine, which);
    return mine == null ? below.attribute(which) : mine;
  }

  @Override
  public String toString() {
    return "TLS over " + below;
  }
}
