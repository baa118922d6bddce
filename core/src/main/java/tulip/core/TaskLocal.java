// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A variable that every task begins without: a child does not see its parent's value.
///
/// Where children are to see it, use a [ContextVar]. Only tasks have values; elsewhere every method
/// throws [IllegalStateException].
///
/// @param <T> the value's type
public final class TaskLocal<T extends @Nullable Object> {
  private record Owned(Task<?> owner, @Nullable Object value) {}

  private final ContextVar<Owned> variable;

  private TaskLocal(String name) {
    variable = ContextVar.of(name);
  }

  /// A variable without a value.
  public static <T extends @Nullable Object> TaskLocal<T> of(String name) {
    return new TaskLocal<>(name);
  }

  /// The running task's value.
  ///
  /// @throws NoSuchElementException if this task has not set it
  @SuppressWarnings({"unchecked", "NullAway"}) // the value is what T says it is
  public T get() {
    var owned = owned();
    if (owned == null) {
      throw new NoSuchElementException(variable.name() + " is not set in " + Task.current());
    }
    return (T) owned.value();
  }

  /// The running task's value, made now if there is none.
  @SuppressWarnings({"unchecked", "NullAway"}) // the value is what T says it is
  public T getOrSet(Supplier<? extends T> make) {
    var owned = owned();
    if (owned != null) {
      return (T) owned.value();
    }
    T value = make.get();
    set(value);
    return value;
  }

  /// Whether the running task has set it.
  public boolean isSet() {
    return owned() != null;
  }

  /// Sets the running task's value.
  ///
  /// @return what takes it back when it is closed
  public ContextVar.Token set(T value) {
    return variable.set(new Owned(Task.current(), value));
  }

  private @Nullable Owned owned() {
    var task = Task.current();
    var owned = variable.isSet() ? variable.get() : null;
    return owned != null && owned.owner() == task ? owned : null;
  }

  @Override
  public String toString() {
    return "task-local variable " + variable.name();
  }
}
