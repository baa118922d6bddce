// SPDX-License-Identifier: Apache-2.0
package tulip.net.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.Parameter;
import tulip.bytes.Bytes;
import tulip.core.ErrorContext;
import tulip.core.LoopOptions;
import tulip.core.LoopOptions.Engine;
import tulip.core.Runner;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.StreamLimits;

/// How the cases of a [StreamContract] get their streams.
abstract class Pairs {
  /// Small, so that they are reached.
  static final StreamLimits LIMITS = new StreamLimits(8 * 1024, 4 * 1024, Duration.ofSeconds(5));

  /// More than any wire keeps on its way.
  static final int MUCH = 12_000_000;

  @Parameter private Engine engine = Engine.AUTO;

  /// A case, with the two ends of a connection.
  @FunctionalInterface
  public interface PairBlock {
    /// Runs the case.
    ///
    /// @param here one end
    /// @param there the other end
    /// @throws Exception to fail it
    void run(ByteStream here, ByteStream there) throws Exception;
  }

  /// Makes two connected streams with these limits, runs a block with them, and releases whatever
  /// else was made. The block's streams may be closed or not. In a task.
  ///
  /// @throws Exception what the block throws, or what fails
  protected abstract void withPair(StreamLimits limits, PairBlock block) throws Exception;

  /// The loop that the cases run on: the usual one, on each engine in turn.
  protected LoopOptions options() {
    return LoopOptions.DEFAULT.withEngine(engine);
  }

  /// Whether `there` can answer. If not, all goes from `here` to `there`: a single pipe.
  protected boolean goesBothWays() {
    return true;
  }

  /// Whether one side can end while the other goes on.
  protected boolean halfCloses() {
    return true;
  }

  void run(PairBlock block) throws Exception {
    run(LIMITS, block);
  }

  void run(StreamLimits limits, PairBlock block) throws Exception {
    List<ErrorContext> errors = new ArrayList<>();
    try (var runner = Runner.open(options().withInterruptible(false))) {
      runner.loop().callSoonThreadSafe(() -> runner.loop().setExceptionHandler(errors::add));
      runner.run(() -> {
        withPair(
            limits,
            (here, there) -> {
              try {
                block.run(here, there);
              } finally {
                here.abort();
                there.abort();
              }
            });
        assertEquals(1, runner.loop().taskCount(), "tasks left: " + runner.loop().allTasks());
        return null;
      });
    }
    assertEquals(List.of(), errors);
  }

  /// Starts a task that is awaited by the case.
  static <T> Task<T> start(Callable<T> code) {
    return Tulip.createTask(code);
  }

  static void assertCancelled(Task<?> task) {
    task.awaitDone();
    assertTrue(task.isCancelled(), () -> task + " was not cancelled");
  }

  static void assertFails(Class<? extends Throwable> type, Task<?> task) {
    task.awaitDone();
    assertInstanceOf(type, task.exception());
  }

  /// Lets everything happen that can happen without us.
  static void settle() {
    for (int i = 0; i < 50; i++) {
      Tulip.yield();
    }
  }

  /// Bytes that tell where they belong.
  static Bytes pattern(int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >> 8));
    }
    return Bytes.wrap(bytes);
  }
}
