// SPDX-License-Identifier: Apache-2.0
package tulip.core.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The two things of `java.lang` that the carrier engine needs and the JDK does not export.
final class CarrierAccess {
  /// `Thread.NO_INHERIT_THREAD_LOCALS`
  private static final int NO_INHERIT_THREAD_LOCALS = 1 << 2;

  private static final @Nullable MethodHandle NEW_THREAD;
  private static final @Nullable MethodHandle CURRENT_CARRIER;

  /// Why there is no access, in words for a log, or `null`.
  static final @Nullable String PROBLEM;

  static {
    MethodHandle newThread = null;
    MethodHandle currentCarrier = null;
    String problem = null;
    try {
      var threads = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
      var type = threads.findClass("java.lang.VirtualThread");
      var parameters = new Class<?>[] {Executor.class, String.class, int.class, Runnable.class};
      newThread =
          MethodHandles.privateLookupIn(type, MethodHandles.lookup())
              .findConstructor(type, MethodType.methodType(void.class, parameters))
              .asType(MethodType.methodType(Thread.class, parameters));
      currentCarrier =
          threads.findStatic(
              Thread.class, "currentCarrierThread", MethodType.methodType(Thread.class));
    } catch (IllegalAccessException | InaccessibleObjectException e) {
      var module = CarrierAccess.class.getModule();
      problem =
          "java.lang is closed to it; start the JVM with --add-opens java.base/java.lang="
              + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
    } catch (ReflectiveOperationException e) {
      problem = "this JDK's virtual threads take no scheduler: " + e;
    }
    NEW_THREAD = newThread;
    CURRENT_CARRIER = currentCarrier;
    PROBLEM = problem;
  }

  private CarrierAccess() {}

  /// The calling thread, or the one that carries it.
  @SuppressWarnings("NullAway") // there is a handle if there is no problem
  static Thread currentCarrier() {
    try {
      return (Thread) CURRENT_CARRIER.invokeExact();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /// A new virtual thread with a scheduler of its own.
  @SuppressWarnings("NullAway") // there is a handle if there is no problem
  static Thread newThread(Executor scheduler, String name, Runnable body) {
    try {
      return (Thread) NEW_THREAD.invokeExact(scheduler, name, NO_INHERIT_THREAD_LOCALS, body);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
