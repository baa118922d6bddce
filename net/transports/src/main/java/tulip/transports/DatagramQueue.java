// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.EventLoop;
import tulip.core.Task;

/// The datagrams that the system had no room for, and the task that sends them when it has.
final class DatagramQueue {
  /// What each datagram costs besides its bytes: empty ones must not be free.
  static final int OVERHEAD = 8;

  /// A datagram.
  ///
  /// @param to `null` for the address that the socket is connected to
  record Packet(Bytes data, @Nullable InetSocketAddress to) {
    int cost() {
      return data.length() + OVERHEAD;
    }
  }

  /// What sends.
  interface Port {
    boolean trySend(Packet packet) throws IOException;

    void send(Packet packet) throws IOException;
  }

  private final EventLoop loop = EventLoop.current();
  private final Port port;
  private final Consumer<IOException> failed;
  private final Runnable changed;
  private final ArrayDeque<Packet> waiting = new ArrayDeque<>(0);
  private @Nullable Task<?> sender;
  private int size;

  /// @param failed told of what could not be sent
  /// @param changed told when [#size] has changed
  DatagramQueue(Port port, Consumer<IOException> failed, Runnable changed) {
    this.port = port;
    this.failed = failed;
    this.changed = changed;
  }

  int size() {
    return size;
  }

  void add(Packet packet) {
    try {
      if (sender == null && port.trySend(packet)) {
        return;
      }
    } catch (IOException e) {
      failed.accept(e);
      return;
    }
    waiting.add(packet);
    size += packet.cost();
    changed.run();
    if (sender == null) {
      sender = loop.createTask("send datagrams", this::sendAll);
    }
  }

  private void sendAll() {
    try {
      for (var next = waiting.poll(); next != null; next = waiting.poll()) {
        send(next);
      }
    } finally {
      sender = null;
    }
  }

  private void send(Packet packet) {
    try {
      port.send(packet);
    } catch (IOException e) {
      failed.accept(e);
    }
    if (size > 0) { // else all were dropped meanwhile
      size -= packet.cost();
      changed.run();
    }
  }

  /// Waits until all are sent.
  void flush() {
    while (sender != null) {
      sender.awaitDone();
    }
  }

  void clear() {
    waiting.clear();
    size = 0;
  }
}
