// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// A variable that has a value of its own in every task: asyncio's context variable.
///
/// ```java
/// static final ContextVar<String> USER = ContextVar.of("user", "nobody");
/// ...
/// try (var _ = USER.set("ada")) {
///   handle(request); // and all tasks and callbacks that it starts see "ada"
/// }
/// ```
///
/// A new task begins with the values that its creator has at that moment; see [Context]. Keep a
/// variable in a constant: it is its own identity. Any thread may use it.
///
/// @param <T> the value's type
public final class ContextVar<T extends @Nullable Object> {
  private final String name;
  private final boolean hasDefault;
  private final @Nullable T defaultValue;

  private ContextVar(String name, boolean hasDefault, @Nullable T defaultValue) {
    this.name = name;
    this.hasDefault = hasDefault;
    this.defaultValue = defaultValue;
  }

  /// A variable that has no value until it is set.
  public static <T extends @Nullable Object> ContextVar<T> of(String name) {
    return new ContextVar<>(name, false, null);
  }

  /// A variable with a value for where it is not set.
  public static <T extends @Nullable Object> ContextVar<T> of(String name, T defaultValue) {
    return new ContextVar<>(name, true, defaultValue);
  }

  /// The name, for reports.
  public String name() {
    return name;
  }

  /// The value here.
  ///
  /// @throws NoSuchElementException if it is not set and there is no default
  public T get() {
    var context = Context.current();
    if (!hasDefault && !context.has(this)) {
      throw new NoSuchElementException("context variable " + name + " is not set here");
    }
    return valueIn(context, defaultValue);
  }

  /// The value here, or another one where it is not set.
  public T get(T otherwise) {
    return valueIn(Context.current(), otherwise);
  }

  /// Whether it is set here.
  public boolean isSet() {
    return Context.current().has(this);
  }

  /// Sets the value here and for what is started from now on.
  ///
  /// @return what takes it back when it is closed
  public Token set(T value) {
    var before = Context.current();
    Context.replace(before.with(this, value));
    return new Token(this, before.has(this), before.get(this));
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the value is what T says it is
  private T valueIn(Context context, @Nullable T otherwise) {
    return context.has(this) ? (T) context.get(this) : otherwise;
  }

  @Override
  public String toString() {
    return "context variable " + name;
  }

  /// What [#set] has changed. Closed once, in the task or callback that has set the variable.
  public static final class Token implements AutoCloseable {
    private final ContextVar<?> variable;
    private final boolean wasSet;
    private final @Nullable Object before;
    private boolean used;

    private Token(ContextVar<?> variable, boolean wasSet, @Nullable Object before) {
      this.variable = variable;
      this.wasSet = wasSet;
      this.before = before;
    }

    /// Gives the variable back the value it had, or none.
    ///
    /// @throws IllegalStateException the second time
    @Override
    public void close() {
      if (used) {
        throw new IllegalStateException("the token of " + variable + " was used already");
      }
      used = true;
      var context = Context.current();
      Context.replace(wasSet ? context.with(variable, before) : context.without(variable));
    }
  }
}
