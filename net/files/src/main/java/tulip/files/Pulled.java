// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Items that are waited for, as an iterator.
final class Pulled<T> implements Iterator<T> {
  /// Where they come from.
  interface Source<T> {
    /// The next one; `null` at the end.
    @Nullable T next() throws IOException;
  }

  private final Source<T> source;
  private @Nullable T item;

  Pulled(Source<T> source) {
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    if (item == null) {
      try {
        item = source.next();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return item != null;
  }

  @Override
  public T next() {
    var next = hasNext() ? item : null;
    if (next == null) {
      throw new NoSuchElementException("there are no more");
    }
    item = null;
    return next;
  }
}
