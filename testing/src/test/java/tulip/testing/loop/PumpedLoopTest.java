// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofMillis;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Task;

/// The loop of a program that has a loop of its own, a game's, and pumps this one once a frame.
class PumpedLoopTest extends LoopContract {
  @Override
  protected LoopOptions options() {
    return LoopOptions.DEFAULT.withName("pumped").withEngine(LoopOptions.Engine.CARRIER);
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.RUN));
  }

  @Override
  protected <T extends @Nullable Object> T run(LoopOptions options, Block<T, ?> main)
      throws Exception {
    try (var loop = EventLoop.create(options)) {
      Task<T> task = loop.createTask("main", main::run);
      task.addDoneCallback(_ -> {}); // its failure is thrown below
      while (!task.isDone()) {
        frame(loop);
      }
      loop.allTasks().forEach(left -> left.taskScope().cancel("the game is over"));
      loop.createTask(() -> loop.shutdownDefaultExecutor(loop.options().grace()));
      while (loop.taskCount() > 0) {
        frame(loop);
      }
      return task.result();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static void frame(EventLoop loop) {
    if (!loop.pump(ofMillis(2))) {
      loop.runOnce(ofMillis(20));
    }
  }
}
