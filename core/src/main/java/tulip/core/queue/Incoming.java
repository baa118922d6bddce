// SPDX-License-Identifier: Apache-2.0
package tulip.core.queue;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Iterates over what a source gives until it gives null.
final class Incoming<T> implements Iterator<T> {
  private final Supplier<@Nullable T> source;
  private @Nullable T item;

  Incoming(Supplier<@Nullable T> source) {
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    if (item == null) {
      item = source.get();
    }
    return item != null;
  }

  @Override
  public T next() {
    var next = item == null ? source.get() : item;
    item = null;
    if (next == null) {
      throw new NoSuchElementException("there are no more items");
    }
    return next;
  }
}
