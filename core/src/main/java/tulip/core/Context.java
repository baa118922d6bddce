// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The values of all [ContextVar]s at one moment: an immutable map, so that a copy costs nothing.
///
/// Every task has a context of its own, which begins as the one it was created in; so has every
/// callback, and every call that [Tulip#blocking] or [EventLoop#runInExecutor] makes on another
/// thread. What a task sets is seen by itself and by what it starts from then on, and by nobody
/// else.
public final class Context {
  /// Of threads that are not a loop's, and of what runs there through [#run].
  private static final ThreadLocal<@Nullable Context> OF_THREAD = new ThreadLocal<>();

  static final Context EMPTY = new Context(new ContextVar<?>[0], new Object[0]);

  private final ContextVar<?>[] variables;
  private final @Nullable Object[] values;

  private Context(ContextVar<?>[] variables, @Nullable Object[] values) {
    this.variables = variables;
    this.values = values;
  }

  /// The context of the calling task, callback or thread.
  public static Context current() {
    var loop = Running.loop();
    if (loop != null) {
      return loop.context();
    }
    var context = OF_THREAD.get();
    return context == null ? EMPTY : context;
  }

  /// How many variables have a value here.
  public int size() {
    return variables.length;
  }

  /// Runs a block in this context. What the block sets is gone afterwards. Any thread; in a task
  /// the block may wait.
  ///
  /// @throws X what the block throws
  public <T extends @Nullable Object, X extends Exception> T run(Block<T, X> block) throws X {
    var before = current();
    replace(this);
    try {
      return block.run();
    } finally {
      replace(before);
    }
  }

  /// Runs a block without a result in this context.
  ///
  /// @throws X what the block throws
  public <X extends Exception> void run(Action<X> block) throws X {
    var before = current();
    replace(this);
    try {
      block.run();
    } finally {
      replace(before);
    }
  }

  /// Makes this the context of the calling task, callback or thread.
  static void replace(Context context) {
    var loop = Running.loop();
    if (loop != null) {
      loop.context(context);
    } else if (context == EMPTY) {
      OF_THREAD.remove();
    } else {
      OF_THREAD.set(context);
    }
  }

  boolean has(ContextVar<?> variable) {
    return indexOf(variable) >= 0;
  }

  @Nullable Object get(ContextVar<?> variable) {
    int index = indexOf(variable);
    return index < 0 ? null : values[index];
  }

  Context with(ContextVar<?> variable, @Nullable Object value) {
    int index = indexOf(variable);
    if (index >= 0) {
      var changed = values.clone();
      changed[index] = value;
      return new Context(variables, changed);
    }
    int size = variables.length;
    var moreVariables = Arrays.copyOf(variables, size + 1);
    var moreValues = Arrays.copyOf(values, size + 1);
    moreVariables[size] = variable;
    moreValues[size] = value;
    return new Context(moreVariables, moreValues);
  }

  Context without(ContextVar<?> variable) {
    int index = indexOf(variable);
    if (index < 0) {
      return this;
    }
    int size = variables.length - 1;
    var fewerVariables = Arrays.copyOf(variables, size);
    var fewerValues = Arrays.copyOf(values, size);
    System.arraycopy(variables, index + 1, fewerVariables, index, size - index);
    System.arraycopy(values, index + 1, fewerValues, index, size - index);
    return size == 0 ? EMPTY : new Context(fewerVariables, fewerValues);
  }

  private int indexOf(ContextVar<?> variable) {
    for (int i = 0; i < variables.length; i++) {
      if (variables[i] == variable) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    var text = new StringBuilder("context {");
    for (int i = 0; i < variables.length; i++) {
      text.append(i == 0 ? "" : ", ").append(variables[i].name()).append('=').append(values[i]);
    }
    return text.append('}').toString();
  }
}
