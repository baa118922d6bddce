// SPDX-License-Identifier: Apache-2.0
package tulip.core.spi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// Signals of the operating system, by way of `sun.misc.Signal`.
///
/// The class is exported for libraries like this one, but the compiler warns of every mention, and
/// cannot be told not to; hence the reflection.
public final class OsSignal {
  private final Class<?> handlerType;
  private final Method handle;
  private final Object signal;

  private OsSignal(String name) throws ReflectiveOperationException {
    var type = Class.forName("sun.misc.Signal");
    handlerType = Class.forName("sun.misc.SignalHandler");
    handle = type.getMethod("handle", type, handlerType);
    signal = type.getConstructor(String.class).newInstance(name);
  }

  /// The signal of this name, without `SIG`; `null` if the system or the JVM has no such signal.
  public static @Nullable OsSignal of(String name) {
    try {
      return new OsSignal(name);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /// Has this run, on a thread of the JVM's, whenever the signal comes.
  ///
  /// @return the handler until now, for [#restore]; `null` if the JVM keeps the signal for itself
  @SuppressWarnings("ReferenceEquality") // the handler is the same object or it is another handler
  public @Nullable Object handle(Runnable action) {
    var handler =
        Proxy.newProxyInstance(
            handlerType.getClassLoader(),
            new Class<?>[] {handlerType},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "handle" -> {
                    action.run();
                    yield null;
                  }
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> "handler of a Tulip program";
                });
    return set(handler);
  }

  /// As [#handle], in place of the JVM's own handler alone: one that the program has installed
  /// stays.
  ///
  /// @return the JVM's handler, for [#restore]; `null` if nothing was changed
  public @Nullable Object takeFromJvm(Runnable action) {
    var old = handle(action);
    if (old == null || isTheJvms(old)) {
      return old;
    }
    restore(old);
    return null;
  }

  /// Gives the signal back to a handler that [#handle] or [#takeFromJvm] returned.
  public void restore(Object handler) {
    set(handler);
  }

  /// Whether a handler is the JVM's own rather than one that the program has installed.
  public static boolean isTheJvms(Object handler) {
    return handler.getClass().getName().startsWith("sun.misc.");
  }

  private @Nullable Object set(Object handler) {
    try {
      return handle.invoke(null, signal, handler);
    } catch (InvocationTargetException e) {
      return null; // an IllegalArgumentException: the JVM was started with -Xrs
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
