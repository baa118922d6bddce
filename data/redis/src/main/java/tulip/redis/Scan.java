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
  private final Function<? super Reply, ? extends T> each;
  private final List<Object> begin;
  private final List<Object> options;

  /// @param begin the command up to its cursor
  /// @param options what comes behind
  Scan(
      Commands commands,
      Function<? super Reply, ? extends T> each,
      Arguments begin,
      Object... options) {
    this.commands = commands;
    this.each = each;
    this.begin = List.of(begin.toArray());
    this.options = List.of(options);
  }

  @Override
  public Iterator<T> iterator() {
    return new Pages();
  }

  private final class Pages implements Iterator<T> {
    private Iterator<T> page = Collections.emptyIterator();
    private String cursor = "0";
    private boolean last;

    @Override
    public boolean hasNext() {
      while (!page.hasNext() && !last) {
        turn();
      }
      return page.hasNext();
    }

    private void turn() {
      try {
        var command = Arguments.of().addAll(begin).add(cursor).addAll(options);
        var parts = commands.call(command.toArray()).list();
        cursor = parts.get(0).string();
        last = cursor.equals("0");
        page = parts.get(1).<T>list(each).iterator();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the scan is at its end");
      }
      return page.next();
    }
  }
}
