// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A variable that has a value of its own on every loop: trio's run variable.
///
/// ```java
/// private static final LoopVar<Resolver> RESOLVER = LoopVar.of("resolver");
/// ...
/// var resolver = RESOLVER.getOrSet(Resolver::new); // one a loop, shared by its tasks
/// ```
///
/// It is for what a library keeps for each loop: a limiter, a cache, a pool. All tasks and
/// callbacks of a loop see the same value; nobody else has one, and elsewhere every method throws
/// [IllegalStateException]. Values are dropped with their loop, and not closed. Keep a variable in
/// a constant: it is its own identity.
///
/// @param <T> the value's type
public final class LoopVar<T extends @Nullable Object> {
  /// Stands for `null`, so that one look-up tells whether there is a value.
  private static final Object NOTHING = new Object();

  private final String name;

  private LoopVar(String name) {
    this.name = name;
  }

  /// A variable without a value.
  public static <T extends @Nullable Object> LoopVar<T> of(String name) {
    return new LoopVar<>(name);
  }

  /// The value on the running loop.
  ///
  /// @throws NoSuchElementException if it is not set there
  public T get() {
    var loop = EventLoop.current();
    var value = loop.variables.get(this);
    if (value == null) {
      throw new NoSuchElementException(this + " is not set on " + loop);
    }
    return unwrap(value);
  }

  /// The value on the running loop, made now if there is none.
  ///
  /// @param make makes it; must not wait, or several tasks could make one each
  public T getOrSet(Supplier<? extends T> make) {
    var value = EventLoop.current().variables.get(this);
    if (value != null) {
      return unwrap(value);
    }
    T made = make.get();
    set(made);
    return made;
  }

  /// Whether it is set on the running loop.
  public boolean isSet() {
    return EventLoop.current().variables.containsKey(this);
  }

  /// Sets the value on the running loop.
  public void set(T value) {
    EventLoop.current().variables.put(this, value == null ? NOTHING : value);
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the value is what T says it is
  private T unwrap(Object value) {
    return (T) (value == NOTHING ? null : value);
  }

  /// Takes the value on the running loop away, if there is one.
  public void clear() {
    EventLoop.current().variables.remove(this);
  }

  @Override
  public String toString() {
    return "loop variable " + name;
  }
}
