// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tulip.core.Scope;
import tulip.core.Tulip;
import tulip.sql.spi.Cursor;

/// Rows that come as they are taken.
///
/// The database sends a few ahead and waits. A stream is a block, and belongs to the task that
/// opened it, which closes it.
///
/// @param <T> a [Row], or what is made of it
public final class RowStream<T> implements Iterable<T>, AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final Cursor cursor;
  private final Function<? super Row, ? extends T> mapping;
  private boolean closed;

  RowStream(Cursor cursor, Function<? super Row, ? extends T> mapping) {
    this.cursor = cursor;
    this.mapping = mapping;
  }

  /// The same stream, of something else.
  <R> RowStream<R> map(Function<? super T, ? extends R> further) {
    return new RowStream<>(cursor, row -> further.apply(mapping.apply(row)));
  }

  /// The columns of the rows.
  public Columns columns() {
    return cursor.columns();
  }

  /// The next row, and waits for it if need be; `null` at the end. In a task.
  ///
  /// @throws SqlException if the database fails midway
  /// @throws IOException if the connection is lost
  public @Nullable T next() throws IOException {
    if (closed) {
      throw new IllegalStateException("this stream of rows is closed");
    }
    var row = cursor.next();
    return row == null ? null : mapping.apply(row);
  }

  /// The rows that are left. What fails, fails in the loop's head; a lost connection as an
  /// [UncheckedIOException].
  @Override
  public Iterator<T> iterator() {
    return new Iterator<>() {
      private @Nullable T ahead;

      @Override
      public boolean hasNext() {
        try {
          if (ahead == null) {
            ahead = RowStream.this.next();
          }
          return ahead != null;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public T next() {
        if (!hasNext() || ahead == null) {
          throw new NoSuchElementException("there are no more rows");
        }
        T next = ahead;
        ahead = null;
        return next;
      }
    };
  }

  /// Ends the statement, whether its rows were taken or not. Does nothing the second time.
  ///
  /// A task that is being cancelled does not wait for the database; others do for five seconds at
  /// most.
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (Scope.isEnding()) {
      cursor.abandon();
    } else {
      if (!Tulip.shield(() -> Tulip.moveOnAfter(CLOSE_LIMIT, cursor::close))) {
        throw new IOException("the end of a stream of rows took more than " + CLOSE_LIMIT);
      }
    }
  }
}
