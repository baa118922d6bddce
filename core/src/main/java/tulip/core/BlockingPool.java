// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Where a loop runs what would block it: a bounded pool of platform threads, made when first used.
///
/// Virtual threads would not do: started by a task, they run on the task's own loop.
final class BlockingPool {
  private static final long IDLE_SECONDS = 10;

  private final EventLoop loop;
  private final int limit;
  private @Nullable ExecutorService own;
  private @Nullable Executor given;
  private int jobs;
  private @Nullable Future<@Nullable Void> idle;

  BlockingPool(EventLoop loop, int limit) {
    this.loop = loop;
    this.limit = limit;
  }

  /// How many jobs are under way, in this pool or in executors of the user's.
  int jobs() {
    return jobs;
  }

  void use(Executor executor) {
    given = executor;
  }

  <T extends @Nullable Object> Future<T> run(@Nullable Executor executor, Callable<T> job) {
    var future = new ForeignFuture<T>(loop, "a job in an executor");
    var context = Context.current();
    jobs++;
    try {
      (executor == null ? executor() : executor).execute(() -> work(job, context, future));
    } catch (Throwable t) {
      jobs--;
      throw t;
    }
    return future;
  }

  /// On a thread of the pool.
  private <T extends @Nullable Object> void work(
      Callable<T> job, Context context, Future<T> future) {
    Runnable tell;
    try {
      T value = context.run(job::call);
      tell = () -> EventLoop.finish(future, value, null);
    } catch (Throwable t) {
      tell =
          () -> {
            if (!future.isDone()) {
              future.fail(t);
            }
          };
    }
    var finish = tell;
    loop.tryCallSoonThreadSafe(() -> {
      jobs--;
      finish.run();
      tellIfIdle();
    });
  }

  /// Waits until no job is under way. In a task.
  void awaitIdle() {
    while (jobs > 0) {
      var future = idle;
      if (future == null) {
        future = new Future<>(loop);
        idle = future;
      }
      future.awaitDone();
    }
  }

  private void tellIfIdle() {
    var future = idle;
    if (jobs == 0 && future != null) {
      idle = null;
      future.finish(null);
    }
  }

  private Executor executor() {
    if (given != null) {
      return given;
    }
    var pool = own;
    if (pool == null) {
      pool = newPool();
      own = pool;
    }
    return pool;
  }

  private ExecutorService newPool() {
    var count = new AtomicInteger();
    var pool =
        new ThreadPoolExecutor(
            limit,
            limit,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            runnable ->
                Thread.ofPlatform()
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .name(loop.options().name() + "-blocking-" + count.incrementAndGet())
                    .unstarted(runnable));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /// Takes no job any more, and lets those that run come to their end.
  ///
  /// @return whether all have
  boolean shutdown() {
    if (own != null) {
      own.shutdown();
    }
    return jobs == 0;
  }

  /// Interrupts what still runs.
  void close() {
    if (own != null) {
      own.shutdownNow();
    }
  }
}
