// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.core.Action;
import tulip.core.Cancelled;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.core.spi.ResourceTracker;
import tulip.core.sync.Event;
import tulip.net.spi.Waiters;

/// The life of a transport: one task that calls the protocol, from `connectionMade` to
/// `connectionLost`.
///
/// That the calls come in order, and one at a time, is so because one task makes them. Whoever
/// closes, aborts or pauses from elsewhere leaves a note and wakes the task: [#changed].
///
/// @param <P> the protocol
abstract class Conversation<P extends BaseProtocol> implements BaseTransport {
  private static final System.Logger LOG = System.getLogger("tulip.transports");

  /// So many writes to a lost connection are forgivable: the news may be on its way.
  private static final int MANY_IGNORED = 5;

  /// A call of the protocol.
  @FunctionalInterface
  interface Call {
    void run() throws Exception;
  }

  final EventLoop loop = EventLoop.current();
  final FlowControl flow;
  private final ResourceTracker tracker = EventLoop.currentTracker();
  private final Event made = new Event();
  private final Waiters change = new Waiters(() -> this + " to be closed or resumed");

  private P protocol;
  private @Nullable Task<?> task;
  private @Nullable Scope wait;
  private boolean closing;
  private boolean lost;
  private @Nullable Throwable cause;
  private int ignored;

  Conversation(P protocol, WriteBufferLimits limits) {
    this.protocol = protocol;
    flow =
        new FlowControl(
            limits,
            () -> call("pauseWriting", () -> this.protocol.pauseWriting()),
            () -> call("resumeWriting", () -> this.protocol.resumeWriting()));
    tracker.opened(this);
  }

  // What differs.

  /// Calls `connectionMade`.
  abstract void greet() throws Exception;

  /// Receives something and calls the protocol with it, or waits. Called while this is not closing.
  abstract void receive() throws IOException;

  /// Delivers what was written.
  abstract void deliver() throws IOException;

  /// Closes what is below, at once.
  abstract void release();

  // The task.

  /// Begins in a task of its own, and waits until `connectionMade` has returned. In a task; if that
  /// is cancelled the transport is aborted.
  final void start() {
    loop.createTask("transport: " + this, this::run);
    try {
      made.await();
    } catch (Cancelled e) {
      abort();
      throw e;
    }
  }

  /// Lives, in the calling task.
  final void run() {
    task = Task.current();
    try {
      call("connectionMade", this::greet);
      made.set();
      Tulip.yield(); // whoever asked for the connection has it before the first bytes come
      while (!closing) {
        receive();
      }
      if (!lost) {
        deliver();
      }
    } catch (IOException e) {
      lose(e);
    } catch (Throwable t) {
      lose(t);
      throw t;
    } finally {
      end();
    }
  }

  private void end() {
    closing = true;
    release();
    tracker.closed(this);
    made.set();
    var why = cause;
    lost = true;
    call("connectionLost", () -> protocol.connectionLost(why));
  }

  /// Whether the calling code runs in the transport's own task: in a call of the protocol.
  final boolean isInside() {
    return task != null && task == loop.currentTask();
  }

  /// Calls the protocol; if it fails the transport is aborted.
  final void call(String name, Call call) {
    try {
      call.run();
    } catch (Cancelled e) {
      throw e;
    } catch (Throwable t) {
      loop.callExceptionHandler(
          new ErrorContext(name + " of " + protocol + " failed; aborting " + this, t, this));
      lose(t);
    }
  }

  // Waiting and waking.

  /// Waits until [#changed].
  final void awaitChange() {
    change.await();
  }

  /// Waits for something to receive, or until [#changed].
  final void awaitReceivable(Action<IOException> wanted) throws IOException {
    var cut = new Scope();
    wait = cut;
    try {
      cut.run(wanted);
    } finally {
      wait = null;
    }
  }

  /// The task is to look again at what it should do.
  final void changed() {
    if (wait != null) {
      wait.cancel();
    }
    change.wakeAll();
  }

  // The end.

  @Override
  public final void close() {
    if (!closing) {
      closing = true;
      changed();
    }
  }

  @Override
  public final void abort() {
    lose(null);
  }

  /// The connection is broken.
  final void lose(@Nullable Throwable why) {
    if (!lost) {
      lost = true;
      closing = true;
      cause = why;
      release();
      changed();
    }
  }

  @Override
  public final boolean isClosing() {
    return closing;
  }

  /// Counts a write that comes too late.
  final void ignoreWrite() {
    if (++ignored == MANY_IGNORED) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} is closed, and is written to again and again: the protocol should have stopped",
          this);
    }
  }

  // Asked by both kinds.

  @Override
  public final WriteBufferLimits getWriteBufferLimits() {
    return flow.limits();
  }

  final P protocol() {
    return protocol;
  }

  final void protocol(P next) {
    protocol = next;
  }
}
