// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.core.diagnostics.Waker;
import tulip.core.spi.Waitable;

/// A loop on a thread of its own, with one task that runs pieces of code for another thread.
///
/// Between two pieces the loop does not run: its time stands still, and its tasks do not go on. So
/// what they do depends on the pieces alone, and not on when they come.
final class TestLoop implements Waitable {
  /// A piece of a test.
  @FunctionalInterface
  interface Code {
    void run() throws Throwable;
  }

  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration NUDGE = Duration.ofMillis(100);
  private static final Duration LAST_LIMIT = GRACE.multipliedBy(2);

  /// How many turns what is ready may use to end.
  private static final int TURNS = 100;

  private final EventLoop loop;
  private final Task<?> main;
  private final Thread thread;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();

  /// What the main task is to run, or runs. On the loop's thread.
  private @Nullable Piece current;

  private boolean over;
  private volatile boolean stuck;
  private volatile boolean openScope;
  private volatile List<Throwable> placesOfForce = List.of();

  private TestLoop(LoopOptions options) {
    loop = EventLoop.create(options);
    main = loop.createTask("main", this::playPieces);
    thread = newThread(options);
    thread.start();
  }

  static TestLoop open(LoopOptions options) {
    return new TestLoop(options);
  }

  /// The carrier needs a platform thread; the baton is faster on a virtual one.
  private Thread newThread(LoopOptions options) {
    var name = options.name() + "-loop";
    if (loop.engine().equals("baton")) {
      return Thread.ofVirtual().name(name).unstarted(this::serve);
    }
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .stackSize(options.stackSize())
        .unstarted(this::serve);
  }

  EventLoop loop() {
    return loop;
  }

  /// Whether a scope was open at the end.
  boolean hasOpenScope() {
    return openScope;
  }

  /// Where the tasks were when a piece took too long; nowhere if none did.
  List<Throwable> placesOfForce() {
    return placesOfForce;
  }

  // For another thread.

  /// Runs a piece in the main task, and waits for its end. An interrupt cancels it.
  ///
  /// @throws Throwable what the piece throws
  void run(Code code) throws Throwable {
    var piece = new Piece(code);
    send(piece);
    try {
      piece.await();
    } catch (InterruptedException e) {
      endByForce(piece);
      Thread.currentThread().interrupt();
    }
    piece.throwFailure();
  }

  /// Runs a piece that returns something and throws nothing that is checked.
  <T> T call(Supplier<T> code) {
    var result = new AtomicReference<T>();
    try {
      run(() -> result.set(code.get()));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
    return result.get();
  }

  /// Cancels all tasks, and ends the loop when they have ended.
  ///
  /// @param look done before that, in the main task, when nothing is ready
  void close(Runnable look) {
    var last = new Piece(() -> endTasks(look));
    send(last);
    try {
      if (!last.await(LAST_LIMIT)) {
        endByForce(last);
      }
      thread.join(GRACE);
      last.throwFailure();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  private void send(Piece piece) {
    if (stuck) {
      piece.end(new IllegalStateException("the test's loop is stuck in what was cancelled before"));
    } else {
      pieces.add(piece);
    }
  }

  /// Interrupts the main task until it gives way.
  private void endByForce(Piece piece) {
    placesOfForce = TaskPlaces.of(loop, main);
    long end = System.nanoTime() + GRACE.toNanos();
    boolean ended = false;
    while (!ended && System.nanoTime() < end) {
      main.thread().interrupt();
      try {
        ended = piece.await(NUDGE);
      } catch (InterruptedException e) {
        // it is being ended already
      }
    }
    if (!ended) {
      stuck = true;
      piece.end(new IllegalStateException("the test did not give way within " + GRACE));
    }
  }

  // On the loop's thread.

  private void serve() {
    try {
      while (!over) {
        serve(pieces.take());
      }
    } catch (InterruptedException e) {
      stuck = true;
    }
    loop.close();
  }

  private void serve(Piece piece) {
    current = piece;
    main.resume();
    try {
      while (current == piece) {
        loop.runForever();
      }
      piece.tellEnd();
    } catch (Throwable t) {
      piece.end(t);
    }
  }

  /// The main task.
  private @Nullable Void playPieces() {
    while (!over) {
      var piece = current;
      if (piece == null) {
        Tulip.shield(() -> main.suspend(this));
      } else {
        piece.run();
        forgetRequests();
        current = null;
        loop.stop();
      }
    }
    return null;
  }

  /// A piece that was cancelled is no reason to cancel the next one.
  private void forgetRequests() {
    boolean _ = Thread.interrupted();
    while (main.cancelling() > 0) {
      main.uncancel();
    }
  }

  private void endTasks(Runnable look) {
    openScope = main.scope() != main.taskScope();
    Tulip.shield(() -> {
      for (int i = 0; i < TURNS && loop.taskCount() > 1; i++) {
        Tulip.yield();
      }
      look.run();
      cancelOthers();
      Tulip.moveOnAfter(GRACE, this::awaitOthers);
    });
    over = true;
  }

  private void cancelOthers() {
    for (var task : loop.allTasks()) {
      if (task != main) {
        task.taskScope().cancel("the test is over");
        if (task.isWaitingOutside()) {
          task.thread().interrupt();
        }
      }
    }
  }

  private void awaitOthers() {
    for (var left = loop.allTasks(); left.size() > 1; left = loop.allTasks()) {
      left.remove(main);
      left.getFirst().awaitDone();
    }
  }

  @Override
  public Waker waker() {
    return Waker.OUTSIDE;
  }

  @Override
  public void abort(Task<?> task) {
    // the loop's thread resumes it whenever there is a piece
  }

  @Override
  public String toString() {
    return "the next piece of the test";
  }
}
