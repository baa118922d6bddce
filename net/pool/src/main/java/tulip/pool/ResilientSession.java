// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.core.Cancelled;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.Scope;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.Tulip.Mapping;
import tulip.core.spi.ResourceTracker;
import tulip.core.sync.Event;
import tulip.core.sync.Lock;

/// Keeps one connection up: opens another one when it is lost, brings it into the state that was
/// declared, and says that there was a gap.
///
/// ```java
/// try (var session = ResilientSession.open(connector)) {
///   session.addListener(event -> {
///     if (event instanceof SessionEvent.Gap gap) { ... }   // messages may have been missed
///   });
///   session.declare("news", connection -> connection.subscribe("news"));
///   var length = session.exchange(connection -> connection.length("queue"));
/// }
/// ```
///
/// State of a connection that is to outlive it is **declared**: subscriptions, consumers, a
/// database that was selected. Declarations have keys and an order, and are made again on each new
/// connection before anybody else uses it.
///
/// Several tasks use the connection at the same time, so it must allow for that. An exchange that
/// is under way when the connection is lost ends with [ConnectionLostException], which says whether
/// the other side may have executed it. Nothing is sent twice by the session itself.
///
/// A session is a block, and belongs to the task that opened it, which closes it. The other methods
/// are for any task of its loop.
///
/// @param <C> a connection
public final class ResilientSession<C> implements AutoCloseable {
  private final EventLoop loop = EventLoop.current();
  private final ResourceTracker tracker = EventLoop.currentTracker();
  private final Hooks<C> hooks;
  private final Connector<C> connector;
  private final SessionOptions options;
  private final Attempts attempts;
  private final TaskGroup group = TaskGroup.open();

  /// Of the task that keeps the connection up: that ends with the session, and not before.
  private final Scope keeping = new Scope().shield(true);

  private final Map<Object, Use<? super C, ? extends IOException>> declarations =
      new LinkedHashMap<>();

  /// Held by who changes the declarations or makes them on a connection.
  private final Lock declaring = new Lock();

  private final List<Consumer<? super SessionEvent>> listeners = new ArrayList<>();

  /// Set while there is a connection, and when there will never be one again.
  private final Event decided = new Event();

  private @Nullable Link<C> current;
  private @Nullable Throwable lastFailure;
  private long lastHeard;
  private boolean connectedBefore;
  private boolean givenUp;
  private boolean closed;

  private ResilientSession(Connector<C> connector, SessionOptions options) {
    this.connector = connector;
    this.options = options;
    hooks = new Hooks<>(connector, options.connectTimeout(), options.hookTimeout());
    attempts = options.backoff().attempts();
    tracker.opened(this);
    group.start("keep up " + this, () -> keeping.run(this::keepUp));
  }

  /// Opens a session with the usual options. In a task.
  public static <C> ResilientSession<C> open(Connector<C> connector) {
    return open(connector, SessionOptions.DEFAULT);
  }

  /// Opens a session; it connects in the background. In a task.
  public static <C> ResilientSession<C> open(Connector<C> connector, SessionOptions options) {
    return new ResilientSession<>(connector, options);
  }

  // Using the connection.

  /// The connection, for which the task waits as long as the options say. It may be lost at any
  /// time: prefer [#exchange].
  ///
  /// @throws ConnectionTimeoutException if there was none in time
  /// @throws ConnectionLostException if there will be none: the session was closed or has given up
  /// @throws Cancelled if the task was cancelled
  public C await() throws IOException {
    return awaitLink().connection;
  }

  /// Runs an exchange on the connection, for which the task waits if need be.
  ///
  /// If it throws, be it [Cancelled], the connection is lost, unless [Connector#judge] knows
  /// better.
  ///
  /// @throws X what the block throws
  /// @throws ConnectionLostException if the connection was lost meanwhile; it counts as executed
  /// @throws ConnectionTimeoutException if there was no connection in time
  public <T extends @Nullable Object, X extends Exception> T exchange(
      Mapping<? super C, T, X> block) throws X, IOException {
    return exchange((connection, exchange) -> {
      exchange.sending();
      return block.apply(connection);
    });
  }

  /// Runs an exchange that says when its request leaves: if the connection is lost before that, it
  /// was not executed.
  ///
  /// @throws X what the block throws
  /// @throws ConnectionLostException if the connection was lost meanwhile
  /// @throws ConnectionTimeoutException if there was no connection in time
  public <T extends @Nullable Object, X extends Exception> T exchange(
      Exchange.Tracked<? super C, T, X> block) throws X, IOException {
    return awaitLink().run(new Exchange(), block);
  }

  private Link<C> awaitLink() throws IOException {
    var link = current;
    if (link != null && !hooks.isAlive(link.connection)) {
      Tulip.yield(); // let the watcher tell why it was lost
      link.lose(new IOException("the connection has ended"));
    }
    return current == null || closed ? awaitNextLink() : current;
  }

  private Link<C> awaitNextLink() throws IOException {
    new Scope()
        .timeout(options.awaitTimeout())
        .run(() -> {
          while (current == null && !isOver()) {
            decided.await();
          }
        });
    checkNotOver();
    if (current != null) {
      return current;
    }
    throw new ConnectionTimeoutException(
        this + " had no connection within " + options.awaitTimeout(), lastFailure);
  }

  private void checkNotOver() throws ConnectionLostException {
    if (isOver()) {
      throw new ConnectionLostException(
          this + (closed ? " is closed" : " has given up"), false, lastFailure);
    }
  }

  private boolean isOver() {
    return closed || givenUp;
  }

  /// Whether there is a connection.
  public boolean isConnected() {
    return current != null;
  }

  /// Says that the other side has given a sign of life on the connection: a message came. Keeps
  /// checks away, and gaps small.
  public void heard() {
    if (current != null) {
      current.heard();
    }
  }

  /// Gives the present connection up, and opens another one: for failures that only the user sees.
  public void reconnect(Throwable cause) {
    if (current != null) {
      current.lose(cause);
    }
  }

  // Declarations.

  /// Declares a piece of state: makes it on the connection if there is one, and on every later one.
  /// It takes the place of an earlier declaration with the same key.
  ///
  /// @param key compared by [Object#equals]
  /// @param make makes it on a connection; must not declare anything itself
  /// @throws IOException if the other side refused it now: it is not declared then. The loss of the
  ///   connection is no failure
  /// @throws Cancelled if the task was cancelled; it is not declared, and the connection is given
  ///   up if it was being made
  public void declare(Object key, Use<? super C, ? extends IOException> make) throws IOException {
    declaring.run(() -> {
      var before = declarations.put(key, make);
      try {
        makeNow(make);
      } catch (Throwable t) {
        if (before == null) {
          declarations.remove(key);
        } else {
          declarations.put(key, before);
        }
        throw t;
      }
    });
  }

  /// Takes a declaration back, and undoes it on the connection if there is one.
  ///
  /// @throws IOException if the other side refused to undo it; it is not declared any more
  public void withdraw(Object key, Use<? super C, ? extends IOException> undo) throws IOException {
    declaring.run(() -> {
      if (declarations.remove(key) != null) {
        makeNow(undo);
      }
    });
  }

  /// The keys of all declarations, in the order in which they are made.
  public List<Object> declared() {
    return List.copyOf(declarations.keySet());
  }

  private void makeNow(Use<? super C, ? extends IOException> change) throws IOException {
    var link = current;
    if (link == null) {
      return;
    }
    try {
      make(link, change);
    } catch (ConnectionLostException e) {
      return; // the next connection will be as declared
    } catch (Cancelled e) {
      link.lose(new IOException("a declaration was cancelled in the middle", e));
      throw e;
    }
  }

  private void make(Link<C> link, Use<? super C, ? extends IOException> change) throws IOException {
    link.<@Nullable Void, IOException>run(
        new Exchange(),
        (connection, exchange) -> {
          exchange.sending();
          change.accept(connection);
          return null;
        });
  }

  // Keeping it up.

  private void keepUp() {
    for (var attempt : attempts) {
      var link = connect(attempt);
      if (link != null) {
        attempt.succeeded();
        watch(link);
      }
      if (closed) {
        return;
      }
    }
    givenUp = true;
    decided.set();
    tell(new SessionEvent.GivenUp(failure()));
  }

  private Throwable failure() {
    return lastFailure == null ? new IOException("no attempt was made") : lastFailure;
  }

  /// Opens a connection, and makes on it what is declared.
  ///
  /// @return null if that failed
  private @Nullable Link<C> connect(Attempts.Attempt attempt) {
    try {
      var connection = hooks.connect();
      var link = new Link<>(hooks, connection, this::end);
      try {
        declaring.run(() -> {
          makeAll(link);
          checkNotOver();
          begin(link, attempt.number());
        });
      } catch (Throwable t) {
        hooks.abort(connection);
        throw t;
      }
      return link;
    } catch (IOException | RuntimeException e) {
      lastFailure = e;
      if (e instanceof RuntimeException) {
        hooks.report("connect", e);
      }
      tell(new SessionEvent.ConnectFailed(e, attempts.pause()));
      return null;
    }
  }

  private void makeAll(Link<C> link) throws IOException {
    for (var declaration : declarations.entrySet()) {
      try {
        Tulip.timeout(options.hookTimeout(), () -> make(link, declaration.getValue()));
      } catch (TimeoutException e) {
        throw new ConnectionTimeoutException(
            "declaring " + declaration.getKey() + " took longer than " + options.hookTimeout(), e);
      } catch (IOException | RuntimeException e) {
        if (link.isLost()) {
          throw e;
        }
        tell(new SessionEvent.DeclarationFailed(declaration.getKey(), e));
      }
    }
  }

  private void begin(Link<C> link, int attempt) {
    link.heard();
    current = link;
    lastFailure = null;
    decided.set();
    tell(new SessionEvent.Connected(attempt));
    if (connectedBefore) {
      tell(new SessionEvent.Gap(lastHeard, link.lastHeard()));
    }
    connectedBefore = true;
  }

  /// Waits until the connection is lost.
  private void watch(Link<C> link) {
    Throwable cause;
    try (var watchers = TaskGroup.open()) {
      watchers.start("await the loss of the connection of " + this, () -> awaitLoss(link));
      watchers.start("check the connection of " + this, () -> check(link));
      cause = link.awaitLost();
    }
    hooks.abort(link.connection);
    lastFailure = cause;
    tell(new SessionEvent.Lost(cause));
  }

  /// There is no connection from this moment on.
  private void end() {
    if (current != null) {
      lastHeard = current.lastHeard();
      current = null;
      if (!isOver()) {
        decided.clear();
      }
    }
  }

  private void awaitLoss(Link<C> link) {
    try {
      connector.awaitLost(link.connection);
      link.lose(new IOException("the other side has ended the connection"));
    } catch (IOException | RuntimeException e) {
      link.lose(e);
    }
  }

  private void check(Link<C> link) {
    long silence = options.checkAfter().toNanos();
    while (true) {
      Tulip.sleepUntil(link.lastHeard() + silence);
      link.awaitQuiet();
      if (loop.time() - link.lastHeard() >= silence) {
        try {
          hooks.check(link.connection);
          link.heard();
        } catch (IOException | TimeoutException | RuntimeException e) {
          link.lose(e);
        }
      }
    }
  }

  // Telling.

  /// Has somebody told what happens to the connection, on the loop. It must not wait; to go on in a
  /// task, send the event into a channel with `trySend`. Whoever is added right after [#open]
  /// misses nothing.
  public void addListener(Consumer<? super SessionEvent> listener) {
    listeners.add(listener);
  }

  /// Takes an [#addListener] back. After [#close] nobody is told anything.
  public void removeListener(Consumer<? super SessionEvent> listener) {
    listeners.remove(listener);
  }

  private void tell(SessionEvent event) {
    if (closed) {
      return;
    }
    for (var listener : List.copyOf(listeners)) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        loop.callExceptionHandler(
            new ErrorContext("a listener of " + this + " failed", e, listener));
      }
    }
  }

  // The end.

  /// Ends the session: takes no more exchanges, waits up to [SessionOptions#grace] for those that
  /// are under way, and closes the connection. By the task that opened it; if that was cancelled
  /// the grace is kept nevertheless.
  @Override
  public void close() {
    closed = true;
    decided.set();
    try {
      var link = current;
      if (link != null) {
        Tulip.shield(() -> Tulip.moveOnAfter(options.grace(), link::awaitQuiet));
      }
      keeping.cancel();
      if (link != null && !link.isLost()) {
        link.lose(new IOException(this + " was closed"));
        hooks.close(link.connection);
      }
    } finally {
      keeping.cancel();
      group.close();
      tracker.closed(this);
    }
  }

  @Override
  public String toString() {
    return "session " + options.name();
  }
}
