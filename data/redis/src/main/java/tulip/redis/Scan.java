// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import tulip.redis.protocol.Reply;

/// Walks through what a SCAN command finds, page by page.
final class Scan<T> implements Iterable<T> {
  private final Commands commands;
  private final Function<? super Reply, ? extends List<T>> page;
  private final List<Object> begin;
  private final ScanOption[] options;

  /// @param page makes the elements of a page of its reply
  /// @param begin the command up to its cursor
  Scan(
      Commands commands,
      Function<? super Reply, ? extends List<T>> page,
      List<Object> begin,
      ScanOption... options) {
    this.commands = commands;
    this.page = page;
    this.begin = begin;
    this.options = options.clone();
  }

  @Override
  public Iterator<T> iterator() {
    return new Pages();
  }

  private final class Pages implements Iterator<T> {
    private Iterator<T> rest = Collections.emptyIterator();
    private String cursor = "0";
    private boolean last;

    @Override
    public boolean hasNext() {
      while (!rest.hasNext() && !last) {
        turn();
      }
      return rest.hasNext();
    }

    private void turn() {
      try {
        var command = Arguments.of().addAll(begin).add(cursor).options(options);
        var parts = commands.call(Reply::list, command.toArray());
        cursor = parts.get(0).string();
        last = cursor.equals("0");
        rest = page.apply(parts.get(1)).iterator();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the scan is at its end");
      }
      return rest.next();
    }
  }
}
