// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;

/// What a server sends by itself, taken one by one, for ever.
///
/// ```java
/// for (var event : subscription) handle(event);
/// ```
///
/// @param <E> what comes
public interface Receiving<E> extends Iterable<E> {
  /// Receives what comes next. In a task.
  ///
  /// @throws IOException if nothing will come any more
  /// @throws tulip.core.Cancelled if the task was cancelled; nothing was taken
  E receive() throws IOException;

  /// What [#receive] returns, for ever. What fails, fails in the loop's head as an
  /// [UncheckedIOException].
  @Override
  default Iterator<E> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public E next() {
        try {
          return receive();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
