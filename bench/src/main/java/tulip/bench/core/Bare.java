// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/// The floor below the carrier engine: virtual threads on one thread, and nothing around them.
///
/// No other thread may wake one, nothing can be cancelled, and there are no timers.
final class Bare {
  /// `Thread.NO_INHERIT_THREAD_LOCALS`
  private static final int NO_INHERIT_THREAD_LOCALS = 1 << 2;

  private static final MethodHandle NEW_THREAD;

  static {
    try {
      var lookup = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
      var type = lookup.findClass("java.lang.VirtualThread");
      var parameters =
          MethodType.methodType(
              void.class, Executor.class, String.class, int.class, Runnable.class);
      NEW_THREAD =
          MethodHandles.privateLookupIn(type, MethodHandles.lookup())
              .findConstructor(type, parameters)
              .asType(parameters.changeReturnType(Thread.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
  private final Executor scheduler = ready::add;

  /// A thread that runs when [#runAll] does, once it is started.
  Thread thread(Runnable body) {
    try {
      return (Thread) NEW_THREAD.invokeExact(scheduler, "", NO_INHERIT_THREAD_LOCALS, body);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /// Runs threads by turns until all wait or have ended.
  void runAll() {
    for (var next = ready.poll(); next != null; next = ready.poll()) {
      next.run();
    }
  }

  /// Passes the turn round a ring of threads, `switches` times in all.
  void ring(int size, int switches) {
    var threads = new Thread[size];
    for (int i = 0; i < size; i++) {
      int next = (i + 1) % size;
      threads[i] =
          thread(() -> {
            for (int round = 0; round < switches / size; round++) {
              LockSupport.park();
              LockSupport.unpark(threads[next]);
            }
          });
      threads[i].start();
    }
    runAll();
    LockSupport.unpark(threads[0]);
    runAll();
  }
}
