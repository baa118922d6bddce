// SPDX-License-Identifier: Apache-2.0
package tulip.process;

import java.util.function.Consumer;
import tulip.core.EventLoop;
import tulip.core.LoopClosedException;
import tulip.core.spi.ResourceTracker;

/// What the system and other processes say to this one: asyncio's signal handlers.
///
/// ```java
/// try (var receiver = Signals.receive("HUP", "TERM")) {
///   for (var name : receiver.signals()) { ... }
/// }
/// ```
///
/// Names are without `SIG`. The JVM keeps some signals for itself (`QUIT`, `ILL`, `FPE`, `SEGV`),
/// the system others (`KILL`, `STOP`). Under `nohup` the JVM hears no `HUP`. Several loops may ask
/// for the same one; each is told. Whoever asks for `INT` gets it instead of
/// [tulip.core.Tulip#run].
public final class Signals {
  private Signals() {}

  /// What gives a signal back when it is closed.
  public static final class Subscription implements AutoCloseable {
    private final ResourceTracker tracker = EventLoop.currentTracker();
    private final String name;
    private final Runnable listener;

    private Subscription(String name, Runnable listener) {
      this.name = name;
      this.listener = listener;
      SignalHub.add(name, listener);
      tracker.opened(this);
    }

    /// Gives the signal back to whoever dealt with it before. Any thread; does nothing the second
    /// time.
    @Override
    public void close() {
      tracker.closed(this);
      SignalHub.remove(name, listener);
    }

    @Override
    public String toString() {
      return "handler of signal " + name;
    }
  }

  /// Has a callback of the loop made whenever a signal comes, with its name. On the loop.
  ///
  /// @throws IllegalArgumentException if there is no such signal, or others keep it for themselves
  public static Subscription handle(String name, Consumer<String> callback) {
    var loop = EventLoop.current();
    return new Subscription(name, () -> tell(loop, () -> callback.accept(name)));
  }

  /// Receives signals as a channel. Whoever lets 64 of them wait misses further ones. On the loop.
  ///
  /// @throws IllegalArgumentException if none is named, there is no such signal, or others keep it
  ///   for themselves
  public static SignalReceiver receive(String... names) {
    return new SignalReceiver(names);
  }

  private static void tell(EventLoop loop, Runnable callback) {
    try {
      loop.callSoonThreadSafe(callback);
    } catch (LoopClosedException e) {
      // nobody is left to be told
    }
  }
}
