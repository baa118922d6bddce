// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.net.ByteStream;
import tulip.net.Listener;
import tulip.net.Server;
import tulip.net.ServerOptions;

/// Serves listeners, with a protocol of its own for each connection: asyncio's server.
/// [Transports#createServer] makes it.
///
/// It is no block: it serves until it is closed or the loop ends, and closing it leaves the
/// connections alone. The blocks are in `tulip.net`, whose [Server] does the work here too.
///
/// All methods are for tasks of its loop, those that do not wait for callbacks too.
public final class TransportServer implements AutoCloseable {
  private static final ServerOptions WITHOUT_GRACE = ServerOptions.DEFAULT.withGrace(Duration.ZERO);

  private final List<Listener> listeners;
  private final ServeOptions options;
  private final Supplier<? extends StreamProtocol> factory;
  private final Set<StreamTransport> transports = new LinkedHashSet<>();
  private final Event closed = new Event();
  private @Nullable Task<?> serving;

  TransportServer(
      List<Listener> listeners, ServeOptions options, Supplier<? extends StreamProtocol> factory) {
    this.listeners = listeners;
    this.options = options;
    this.factory = factory;
    if (options.startServing()) {
      startServing();
    }
  }

  /// Accepts connections from now on. Until then they wait in the system's backlog. Does nothing
  /// the second time.
  ///
  /// @throws IllegalStateException if it is closed
  public void startServing() {
    if (closed.isSet()) {
      throw new IllegalStateException(this + " is closed");
    }
    if (serving == null) {
      serving = EventLoop.current().createTask("serve " + listeners, this::serve);
    }
  }

  private void serve() {
    var limits = WITHOUT_GRACE.withMaxConnections(options.maxConnections());
    try (var server = Server.open(listeners, limits, this::converse)) {
      closed.await();
      server.drain(ChronoUnit.FOREVER.getDuration());
    } finally {
      closed.set();
    }
  }

  private void converse(ByteStream stream) throws IOException {
    var tls = options.tls();
    if (tls != null) {
      stream.startTls(tls);
    }
    var transport = new StreamTransport(stream, factory.get());
    transports.add(transport);
    try {
      transport.run();
    } finally {
      transports.remove(transport);
    }
  }

  /// Serves until the server is closed; if the task is cancelled, closes it and its connections,
  /// and waits for that.
  public void serveForever() {
    startServing();
    try {
      closed.await();
    } catch (Cancelled e) {
      close();
      closeClients();
      Tulip.shield(this::waitClosed);
      throw e;
    }
  }

  /// Listens no more; connections go on. Does not wait: see [#waitClosed]. Does nothing the second
  /// time.
  @Override
  public void close() {
    listeners.forEach(Listener::close);
    closed.set();
  }

  /// Waits until the server is closed and its last connection is lost.
  public void waitClosed() {
    closed.await();
    if (serving != null) {
      serving.awaitDone();
    }
  }

  /// Closes all transports, as [Transport#close] does.
  public void closeClients() {
    List.copyOf(transports).forEach(Transport::close);
  }

  /// Aborts all transports, as [Transport#abort] does.
  public void abortClients() {
    List.copyOf(transports).forEach(Transport::abort);
  }

  /// Whether it accepts connections.
  public boolean isServing() {
    return serving != null && !closed.isSet();
  }

  /// Where it listens: asyncio's sockets.
  public List<Listener> listeners() {
    return listeners;
  }

  /// The port of the only or the first listener.
  ///
  /// @throws IllegalStateException if it listens at no port
  public int port() {
    return listeners.getFirst().port();
  }

  /// The connections of this moment, the oldest first.
  public List<Transport> transports() {
    return List.copyOf(transports);
  }

  @Override
  public String toString() {
    return "server of transports at " + listeners;
  }
}
