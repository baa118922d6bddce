// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tulip.core.Cancelled;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.Scope;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Semaphore;
import tulip.net.spi.Waiters;

/// Serves the connections of one or more listeners, a task for each connection.
///
/// ```java
/// Server.serve(8000, stream -> {
///   for (var line : stream.lines()) stream.write(line.toUpperCase() + "\n");
/// });
/// ```
///
/// A server is a block: [#open] begins it, [#close] ends it, and no connection outlives it. When a
/// handler returns its stream is closed; when it fails the stream is aborted, and the failure goes
/// to the loop's exception handler, unless it is an [IOException], checked or not, which is how
/// peers go away.
///
/// All methods are for the task that opened it.
public final class Server implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("tulip.net");

  /// What serves a connection, in a task of its own.
  @FunctionalInterface
  public interface Handler {
    /// Serves one connection to its end.
    ///
    /// @throws Exception to have the connection aborted
    void handle(ByteStream stream) throws Exception;
  }

  /// So many connections are accepted in a row before other tasks get their turns.
  private static final int BURST = 16;

  private final List<Listener> listeners;
  private final ServerOptions options;
  private final Handler handler;
  private final EventLoop loop = EventLoop.current();
  private final TaskGroup group = TaskGroup.open();
  private final Semaphore slots;

  /// Each with the scope of its handler, which has a shield: what cancels the server's task must
  /// not cut its connections before [#close] has given them their grace.
  private final Map<ByteStream, Scope> connections = new LinkedHashMap<>();

  private final Waiters drained = new Waiters(() -> "the last connection of " + this);

  private Server(List<Listener> listeners, ServerOptions options, Handler handler) {
    this.listeners = listeners;
    this.options = options;
    this.handler = handler;
    slots = new Semaphore(options.maxConnections());
    for (var listener : listeners) {
      group.start("accept at " + listener.address(), () -> acceptAll(listener));
    }
  }

  /// Serves a port of all of the machine's addresses until the task is cancelled; then lets the
  /// connections end as [#close] does.
  ///
  /// @throws IOException if the port cannot be listened at
  public static void serve(int port, Handler handler) throws IOException {
    serve(List.of(Tcp.listen(port)), ServerOptions.DEFAULT, handler);
  }

  /// Serves listeners until the task is cancelled, and closes them.
  public static void serve(List<Listener> listeners, ServerOptions options, Handler handler) {
    try (var _ = open(listeners, options, handler)) {
      Tulip.sleepForever();
    }
  }

  /// Begins to serve a listener, with the usual options. In a task.
  public static Server open(Listener listener, Handler handler) {
    return open(List.of(listener), ServerOptions.DEFAULT, handler);
  }

  /// Begins to serve listeners, which it closes at its end. In a task.
  public static Server open(List<Listener> listeners, ServerOptions options, Handler handler) {
    return new Server(List.copyOf(listeners), options, handler);
  }

  // Accepting.

  private void acceptAll(Listener listener) {
    try {
      for (int accepted = 1; ; accepted++) {
        slots.acquire();
        acceptOne(listener);
        if (accepted % BURST == 0) {
          Tulip.yield();
        }
      }
    } catch (ClosedChannelException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0} was closed", listener);
    }
  }

  private void acceptOne(Listener listener) throws ClosedChannelException {
    try {
      var stream = listener.accept();
      var scope = new Scope().shield(true);
      connections.put(stream, scope);
      group.start("connection from " + origin(stream), () -> serve(stream, scope));
    } catch (ClosedChannelException e) {
      slots.release();
      throw e;
    } catch (IOException e) {
      slots.release();
      loop.callExceptionHandler(
          new ErrorContext(
              "cannot accept at " + listener.address() + "; trying again in " + options.backOff(),
              e,
              this));
      Tulip.sleep(options.backOff());
    }
  }

  private static Object origin(ByteStream stream) {
    var address = stream.attribute(Attribute.REMOTE_ADDRESS);
    return address == null ? stream : address;
  }

  private void serve(ByteStream stream, Scope scope) {
    try {
      scope.run(() -> {
        handler.handle(stream);
        stream.close();
      });
    } catch (IOException | UncheckedIOException e) {
      LOG.log(System.Logger.Level.DEBUG, () -> "lost the connection from " + origin(stream), e);
    } catch (Cancelled e) {
      throw e;
    } catch (Throwable t) {
      loop.callExceptionHandler(
          new ErrorContext(
              "the handler of the connection from " + origin(stream) + " failed", t, this));
    } finally {
      stream.abort();
      connections.remove(stream);
      slots.release();
      if (connections.isEmpty()) {
        drained.wakeAll();
      }
    }
  }

  // Looking and ending.

  /// Where it listens.
  public List<Listener> listeners() {
    return listeners;
  }

  /// The port of the only or the first listener.
  public int port() {
    return listeners.getFirst().port();
  }

  /// The connections that are being served at this moment, the oldest first.
  public List<ByteStream> connections() {
    return List.copyOf(connections.keySet());
  }

  /// Accepts no more; who is connected stays.
  public void stopAccepting() {
    listeners.forEach(Listener::close);
  }

  /// Accepts no more, and waits until all connections have ended.
  ///
  /// @return whether they have, within this time
  public boolean drain(Duration limit) {
    stopAccepting();
    Tulip.moveOnAfter(limit, this::awaitDrained);
    return connections.isEmpty();
  }

  /// Aborts all connections: their handlers find them broken.
  public void abortConnections() {
    connections().forEach(ByteStream::abort);
  }

  /// Accepts who has connected already and then no more, ends the handlers with
  /// [ServerOptions#grace], and waits for that: handlers that wait in a [tulip.core.Scope#soft]
  /// scope are cut at once, the others may finish, and when the grace is over they are cancelled.
  /// If the task itself was cancelled the grace is kept nevertheless.
  @Override
  public void close() {
    try {
      Tulip.shield(Server::letAcceptorsRun);
      stopAccepting();
      for (var scope : connections.values()) {
        scope.cancelGracefully(options.grace(), "the server was closed");
      }
      Tulip.shield(this::awaitDrained);
    } finally {
      group.close();
    }
  }

  /// To close a listener resets who has connected and was not accepted yet.
  private static void letAcceptorsRun() {
    Tulip.yield(); // the poller sees who waits
    Tulip.yield(); // and the acceptors take them
  }

  private void awaitDrained() {
    while (!connections.isEmpty()) {
      drained.await();
    }
  }

  @Override
  public String toString() {
    return "server of " + listeners;
  }
}
