// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tulip.core.engine.CarrierEngine;
import tulip.core.spi.LoopClock;
import tulip.core.spi.Poller;

/// How a loop is made.
///
/// @param name the loop's name, for its thread and for reports
/// @param engine how tasks get the turn
/// @param clock what time it is; `null` for the system's
/// @param poller where the loop waits
/// @param stackSize bytes of stack for the thread that [Tulip#run] makes, which bound how deep a
///   task may recurse on the carrier engine; 16 MiB if nothing else is said, of which the system
///   commits what is used
/// @param debug whether debug mode is on, see [EventLoop#setDebug]; if nothing else is said it is
///   with the system property `tulip.debug` or the environment variable `TULIP_DEBUG` set to `true`
/// @param blockingThreads how many threads [Tulip#blocking] may use at once
/// @param grace how long the shutdown waits for tasks that were cancelled, and then for jobs in
///   [Tulip#blocking]; of real time, each
/// @param interruptible whether Ctrl-C ends the program in order while [Tulip#run] runs
/// @param shuffle the seed of a random order among the tasks of an iteration; `null` for first in,
///   first out
/// @param blockThreshold from when on it is reported that the loop stands still, of real time; zero
///   for never. 200 ms if nothing else is said: collectors and compilers rarely stop a program for
///   so long, and people just begin to notice
/// @param deadlocks what to do when main waits and nothing on the loop can ever wake it; `null` for
///   [DeadlockPolicy#REPORT], and [DeadlockPolicy#FAIL] with a clock whose time is not real
public record LoopOptions(
    String name,
    Engine engine,
    @Nullable LoopClock clock,
    Supplier<? extends Poller> poller,
    long stackSize,
    boolean debug,
    int blockingThreads,
    Duration grace,
    boolean interruptible,
    @Nullable Long shuffle,
    Duration blockThreshold,
    @Nullable DeadlockPolicy deadlocks) {
  /// How tasks get the turn.
  public enum Engine {
    /// The carrier if this JVM allows it, else the baton, with a line in the log.
    AUTO,
    /// On the loop's own thread; needs a flag of the JVM.
    CARRIER,
    /// By handing the turn over; slower, and foreign waits block the loop.
    BATON
  }

  private static final long STACK_SIZE = 16 << 20;
  private static final int BLOCKING_THREADS =
      Math.min(32, Runtime.getRuntime().availableProcessors() + 4);

  /// What [Tulip#run] uses when it is told nothing.
  public static final LoopOptions DEFAULT =
      new LoopOptions(
          "tulip",
          Engine.AUTO,
          null,
          NioPoller::new,
          STACK_SIZE,
          isDebugAsked(),
          BLOCKING_THREADS,
          Duration.ofSeconds(10),
          true,
          null,
          Duration.ofMillis(200),
          null);

  private static boolean isDebugAsked() {
    return Boolean.getBoolean("tulip.debug")
        || Boolean.parseBoolean(System.getenv().getOrDefault("TULIP_DEBUG", "false"));
  }

  /// Checks the limits.
  public LoopOptions {
    if (blockingThreads < 1) {
      throw new IllegalArgumentException("blockingThreads must be at least 1: " + blockingThreads);
    }
    if (stackSize < 0) {
      throw new IllegalArgumentException("stackSize must not be negative: " + stackSize);
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative: " + grace);
    }
    if (blockThreshold.isNegative()) {
      throw new IllegalArgumentException("blockThreshold must not be negative: " + blockThreshold);
    }
  }

  /// The same with another name.
  public LoopOptions withName(String name) {
    return with(draft -> draft.name = name);
  }

  /// The same with another engine.
  public LoopOptions withEngine(Engine engine) {
    return with(draft -> draft.engine = engine);
  }

  /// The same with another clock. A clock serves one loop.
  public LoopOptions withClock(LoopClock clock) {
    return with(draft -> draft.clock = clock);
  }

  /// The same with another kind of poller.
  public LoopOptions withPoller(Supplier<? extends Poller> poller) {
    return with(draft -> draft.poller = poller);
  }

  /// The same with another stack size.
  public LoopOptions withStackSize(long stackSize) {
    return with(draft -> draft.stackSize = stackSize);
  }

  /// The same with debug mode on or off.
  public LoopOptions withDebug(boolean debug) {
    return with(draft -> draft.debug = debug);
  }

  /// The same with another limit of threads for [Tulip#blocking].
  public LoopOptions withBlockingThreads(int blockingThreads) {
    return with(draft -> draft.blockingThreads = blockingThreads);
  }

  /// The same with another time for the shutdown.
  public LoopOptions withGrace(Duration grace) {
    return with(draft -> draft.grace = grace);
  }

  /// The same with Ctrl-C handled or left alone.
  public LoopOptions withInterruptible(boolean interruptible) {
    return with(draft -> draft.interruptible = interruptible);
  }

  /// The same with another time that the loop may stand still.
  public LoopOptions withBlockThreshold(Duration blockThreshold) {
    return with(draft -> draft.blockThreshold = blockThreshold);
  }

  /// The same with another answer to deadlocks.
  public LoopOptions withDeadlocks(DeadlockPolicy deadlocks) {
    return with(draft -> draft.deadlocks = deadlocks);
  }

  /// The same with a random order among tasks that are ready at the same time, which the seed
  /// brings back: a test that passes under many seeds relies on no order that it was not promised.
  ///
  /// Whenever an iteration begins to give turns, the tasks in the line change places with one
  /// another. All else stays: callbacks keep their places in the line; each task and callback that
  /// stood in it gets one turn, and what they make ready comes in the next iteration; locks, queues
  /// and channels serve first who came first; a task that was started eagerly has its first turn at
  /// once.
  public LoopOptions withShuffle(long seed) {
    return with(draft -> draft.shuffle = seed);
  }

  private LoopOptions with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /// The engine that these options mean in this JVM.
  ///
  /// @throws IllegalStateException if the carrier engine is asked for and cannot be had
  tulip.core.engine.Engine resolveEngine() {
    var carrier = tulip.core.engine.Engine.carrierIfOpen();
    return switch (engine) {
      case BATON -> tulip.core.engine.Engine.baton();
      case CARRIER -> {
        if (carrier == null) {
          throw new IllegalStateException("no carrier engine: " + CarrierEngine.whyNot());
        }
        yield carrier;
      }
      case AUTO -> {
        if (carrier == null) {
          Fallback.reportOnce();
          yield tulip.core.engine.Engine.baton();
        }
        yield carrier;
      }
    };
  }

  /// Says once a JVM why the slower engine runs.
  private static final class Fallback {
    static {
      System.getLogger("tulip")
          .log(
              System.Logger.Level.WARNING,
              "tulip: using the slower baton engine, since the carrier engine cannot be had: {0}",
              CarrierEngine.whyNot());
    }

    static void reportOnce() {
      // the class initialiser has done it
    }
  }

  /// Options that are being changed.
  private static final class Draft {
    String name;
    Engine engine;
    @Nullable LoopClock clock;
    Supplier<? extends Poller> poller;
    long stackSize;
    boolean debug;
    int blockingThreads;
    Duration grace;
    boolean interruptible;
    @Nullable Long shuffle;
    Duration blockThreshold;
    @Nullable DeadlockPolicy deadlocks;

    Draft(LoopOptions options) {
      name = options.name;
      engine = options.engine;
      clock = options.clock;
      poller = options.poller;
      stackSize = options.stackSize;
      debug = options.debug;
      blockingThreads = options.blockingThreads;
      grace = options.grace;
      interruptible = options.interruptible;
      shuffle = options.shuffle;
      blockThreshold = options.blockThreshold;
      deadlocks = options.deadlocks;
    }

    LoopOptions options() {
      return new LoopOptions(
          name,
          engine,
          clock,
          poller,
          stackSize,
          debug,
          blockingThreads,
          grace,
          interruptible,
          shuffle,
          blockThreshold,
          deadlocks);
    }
  }
}
