// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import java.io.IOException;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/// One fiber's life from start to end, before the first real one.
///
/// It shows that the JDK's hidden constructor means what we think, and spares the compiler a wrong
/// guess that would cost every later thread a deoptimisation at its end. It also has the JDK start
/// its socket pollers: they inherit the scheduler of whoever makes the JVM's first socket wait, and
/// started by a task they would serve every socket of the JVM from that task's loop.
final class CarrierProbe implements Runnable {
  private final ReadyQueue queue = new ReadyQueue(() -> {});
  private final CarrierFiber fiber = new CarrierFiber(queue, "tulip-probe", this);
  private int steps;
  private @Nullable Thread carrier;

  /// Returns why the engine cannot be used, or `null` when it can. Runs on a platform thread of its
  /// own, wherever it is called.
  static @Nullable String complaint() {
    var run =
        new Object() {
          @Nullable String complaint = "its probe was interrupted";
        };
    var thread =
        Thread.ofPlatform().daemon().name("tulip-probe").start(() -> run.complaint = warmUp());
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return run.complaint;
  }

  private static @Nullable String warmUp() {
    try {
      startPollers();
      return new CarrierProbe().live();
    } catch (Throwable e) {
      return "its probe failed: " + e;
    }
  }

  private static void startPollers() throws InterruptedException {
    Thread.ofVirtual()
        .start(() -> {
          try (var selector = Selector.open()) {
            selector.select(1);
          } catch (IOException e) {
            // without a selector there is no socket wait whose poller could be inherited
          }
        })
        .join();
  }

  @Override
  public void run() {
    carrier = CarrierAccess.currentCarrier();
    steps++;
    fiber.suspend();
    steps++;
  }

  private @Nullable String live() {
    queue.own();
    fiber.start();
    giveTurn();
    if (steps != 1 || carrier != Thread.currentThread()) {
      return "a started thread did not run where its scheduler ran it";
    }
    if (fiber.thread().getState() != Thread.State.WAITING) {
      return "a waiting thread did not leave its carrier";
    }
    fiber.resume();
    giveTurn();
    if (steps != 2 || !fiber.isDone() || fiber.thread().isAlive()) {
      return "a resumed thread did not run to its end";
    }
    return null;
  }

  private void giveTurn() {
    var ready = queue.poll();
    if (ready != null) {
      ready.run();
    }
  }
}
