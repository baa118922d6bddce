// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.net.Attribute;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;
import tulip.net.spi.Waiters;
import tulip.net.spi.Wire;

/// A wire that does what the test says, and writes down what it is asked to do.
final class ScriptedWire implements Wire {
  private final EventLoop loop = EventLoop.current();
  private final Waiters readers = new Waiters(() -> "the script");
  private final ArrayDeque<Bytes> arrivals = new ArrayDeque<>();

  /// Each write of one system call.
  final List<String> writes = new ArrayList<>();

  /// How many bytes it takes still.
  int room = Integer.MAX_VALUE;

  /// What reading and writing fail with.
  @Nullable IOException readFailure;

  @Nullable IOException writeFailure;

  int reads;
  boolean outputEnded;
  boolean closed;
  private boolean ended;
  private @Nullable Runnable writable;

  /// A protocol over this wire.
  StreamTransport connect(StreamProtocol protocol) throws IOException {
    return connect(protocol, StreamLimits.DEFAULT);
  }

  StreamTransport connect(StreamProtocol protocol, StreamLimits limits) throws IOException {
    var stream = new ByteStream(this, limits);
    var transport = new StreamTransport(stream, protocol);
    transport.start();
    return transport;
  }

  void arrive(String text) {
    arrivals.add(Bytes.ofLatin1(text));
    readers.wakeAll();
  }

  void end() {
    ended = true;
    readers.wakeAll();
  }

  void failReading(IOException why) {
    readFailure = why;
    readers.wakeAll();
  }

  /// Wakes the reader though there is nothing.
  void wakeForNothing() {
    readers.wakeAll();
  }

  void makeRoom(int bytes) {
    room += bytes;
    tellWritable();
  }

  void failWriting(IOException why) {
    writeFailure = why;
    tellWritable();
  }

  private void tellWritable() {
    var callback = writable;
    writable = null;
    if (callback != null) {
      loop.callSoon(callback);
    }
  }

  String written() {
    return String.join("", writes);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    reads++;
    if (closed) {
      throw new ClosedChannelException();
    }
    if (readFailure != null) {
      throw readFailure;
    }
    var next = arrivals.poll();
    if (next == null) {
      return ended ? -1 : 0;
    }
    int size = Math.min(next.length(), target.remaining());
    target.put(next.slice(0, size).asByteBuffer());
    if (size < next.length()) {
      arrivals.addFirst(next.slice(size));
    }
    return size;
  }

  @Override
  public void awaitReadable() throws IOException {
    if (arrivals.isEmpty() && !ended && readFailure == null && !closed) {
      readers.await();
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    if (writeFailure != null) {
      throw writeFailure;
    }
    int size = Math.min(source.remaining(), room);
    if (size > 0) {
      room -= size;
      writes.add(Bytes.copyOf(source.slice(source.position(), size)).latin1());
      source.position(source.position() + size);
    }
    return size;
  }

  @Override
  public void whenWritable(Runnable callback) {
    writable = callback;
  }

  @Override
  public boolean shutdownOutput() {
    outputEnded = true;
    return true;
  }

  @Override
  public void close() {
    closed = true;
    readers.wakeAll();
    tellWritable();
  }

  @Override
  public <T> @Nullable T attribute(Attribute<T> which) {
    return null;
  }

  @Override
  public String toString() {
    return "scripted wire";
  }
}
