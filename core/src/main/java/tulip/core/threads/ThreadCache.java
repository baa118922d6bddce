// SPDX-License-Identifier: Apache-2.0
package tulip.core.threads;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The threads of all calls of this JVM. There are as many as there are calls at once, which the
/// limiters bound; one that has nothing to do ends after a while.
///
/// They are platform threads: a virtual one that a task starts would run on the task's own loop.
final class ThreadCache {
  private static final long IDLE_SECONDS = 10;
  private static final String IDLE_NAME = "tulip-idle";

  private static final ExecutorService THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          runnable ->
              Thread.ofPlatform()
                  .daemon()
                  .inheritInheritableThreadLocals(false)
                  .name(IDLE_NAME)
                  .unstarted(runnable));

  private ThreadCache() {}

  /// Runs something on a thread that has this name meanwhile.
  static void start(String name, Runnable call) {
    THREADS.execute(() -> {
      var thread = Thread.currentThread();
      thread.setName(name);
      try {
        call.run();
      } finally {
        thread.setName(IDLE_NAME);
      }
    });
  }
}
