// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tulip.core.spi.HostLoop;

/// A loop that lives in a host which can only run something on its thread soon.
///
/// Theory of operation: a token goes round. While nothing is ready the *waiter* has it, a thread
/// that waits on the loop's poller; when something happens it posts a tick to the host. The tick
/// runs on the host's thread and gives turns for a few milliseconds at most; then it posts the next
/// tick if something is ready still, or hands the token back to the waiter. So there is one wake-up
/// in the host's queue at most, and never two threads on the poller.
///
/// A piece of a task that runs on the host's bare thread may run the host's loop itself, as a modal
/// dialog does. The tick gives the token away before such a piece, so that all other tasks go on,
/// and leaves it where it is then.
final class Guest<T extends @Nullable Object> {
  private static final Duration BUDGET = Duration.ofMillis(5);
  private static final Duration SHUTDOWN_LOOK = Duration.ofMillis(10);

  private final HostLoop host;
  private final LoopOptions options;
  private final Block<? extends T, ?> code;
  private final CompletableFuture<T> outer = new CompletableFuture<>();
  private final Waiter waiter;
  private @Nullable EventLoop loop;
  private @Nullable MainTask<T> main;
  private @Nullable Shutdown shutdown;
  private boolean holdsToken;

  private Guest(HostLoop host, LoopOptions options, Block<? extends T, ?> code) {
    this.host = host;
    this.options = options;
    this.code = code;
    waiter = new Waiter();
  }

  static <T extends @Nullable Object> CompletableFuture<T> start(
      HostLoop host, LoopOptions options, Block<? extends T, ?> code) {
    var guest = new Guest<T>(host, options, code);
    guest.waiter.setDaemon(true);
    host.post(guest::firstTick);
    return guest.outer;
  }

  private void firstTick() {
    try {
      var made = EventLoop.create(fitting(Thread.currentThread()));
      var task = new MainTask<T>(made, code);
      loop = made;
      main = task;
      made.livesIn(this);
      waiter.start();
      task.start();
      var _ = task.done().whenComplete((_, _) -> shutdown = new Shutdown(made));
      var _ =
          outer.whenComplete((_, _) -> {
            if (outer.isCancelled()) {
              task.cancel("its future was cancelled");
            }
          });
    } catch (Throwable t) {
      outer.completeExceptionally(t);
      return;
    }
    tick();
  }

  private LoopOptions fitting(Thread thread) {
    return thread.isVirtual() && options.engine() == LoopOptions.Engine.AUTO
        ? options.withEngine(LoopOptions.Engine.BATON)
        : options;
  }

  private EventLoop loop() {
    if (loop == null) {
      throw new IllegalStateException("the guest has not started");
    }
    return loop;
  }

  /// A turn of the loop on the host's thread. Begins with the token.
  private void tick() {
    holdsToken = true;
    boolean ended = false;
    try {
      if (waiter.takeQuiet()) {
        loop().guestSlept();
      }
      boolean more = loop().pump(BUDGET);
      if (!holdsToken) {
        loop().poller().wakeup(); // what this tick has queued is news for who has the token now
      } else if (shutdown == null || !shutdown.step()) {
        passToken(more);
      } else {
        ended = true;
      }
    } catch (Throwable t) {
      outer.completeExceptionally(t);
      ended = true;
    }
    if (ended) {
      end();
    }
  }

  private void passToken(boolean more) {
    holdsToken = false;
    var running = loop();
    long nanos = more ? 0 : running.guestSleep();
    if (shutdown != null) {
      nanos = Math.min(nanos, SHUTDOWN_LOOK.toNanos());
    }
    if (nanos <= 0) {
      host.post(this::tick);
    } else {
      waiter.take(nanos);
    }
  }

  /// Runs something that may run the host's loop.
  void onBareThread(Runnable piece) {
    if (holdsToken) {
      holdsToken = false;
      host.post(this::tick);
    }
    var running = loop();
    running.pause();
    try {
      piece.run();
    } finally {
      running.unpause();
    }
  }

  private void end() {
    waiter.end();
    if (main != null) {
      main.tell(outer);
    }
  }

  /// Waits on the poller, so that the host need not.
  private final class Waiter extends Thread {
    private volatile long request = -1;
    private volatile boolean quiet;
    private volatile boolean ended;

    Waiter() {
      super(null, null, options.name() + "-guest-waiter", 0, false);
    }

    void take(long nanos) {
      request = nanos;
      LockSupport.unpark(this);
    }

    /// Whether the last wait has lasted as long as it might.
    boolean takeQuiet() {
      boolean was = quiet;
      quiet = false;
      return was;
    }

    void end() {
      ended = true;
      LockSupport.unpark(this);
    }

    @Override
    public void run() {
      while (!ended) {
        long nanos = request;
        if (nanos < 0) {
          LockSupport.park(this);
        } else {
          request = -1;
          long begin = System.nanoTime();
          loop().poller().await(nanos);
          quiet = System.nanoTime() - begin >= nanos;
          host.post(Guest.this::tick);
        }
      }
    }
  }
}
