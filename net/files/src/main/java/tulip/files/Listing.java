// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tulip.core.Block;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.core.spi.ResourceTracker;
import tulip.core.sync.Lock;

/// What is in a folder or a tree, some hundreds of entries in one hop to the pool, and no more than
/// somebody asks for.
///
/// ```java
/// try (var files = AsyncFiles.walk(folder)) {
///   for (var file : files) { ... }
/// }
/// ```
///
/// A cancelled wait loses no entry: the next one returns it. At its end a listing closes itself.
/// All methods are for tasks of one loop.
///
/// @param <T> the entries
public final class Listing<T> implements Iterable<T>, AutoCloseable {
  private static final int BATCH = 256;

  private final ResourceTracker tracker = EventLoop.currentTracker();
  private final Path subject;
  private final Stream<T> stream;
  private final Spliterator<T> source;
  private final Lock turn = new Lock();
  private final ArrayDeque<T> batch = new ArrayDeque<>();
  private @Nullable IOException failure;
  private boolean ended;

  private Listing(Path subject, Stream<T> stream) {
    this.subject = subject;
    this.stream = stream;
    source = stream.spliterator();
    tracker.opened(this);
  }

  /// @param stream opens the folder; it and what it opens run on threads of the pool
  static <T> Listing<T> open(Path subject, Block<Stream<T>, IOException> stream)
      throws IOException {
    return new Listing<>(subject, Resources.open(stream));
  }

  /// The next entry; `null` at the end, and when the listing is closed.
  ///
  /// @throws IOException what reading a folder throws
  public @Nullable T next() throws IOException {
    if (batch.isEmpty() && !ended) {
      turn.run(this::refill);
    }
    var entry = batch.poll();
    if (entry == null && failure != null) {
      var problem = failure;
      failure = null;
      throw problem;
    }
    return entry;
  }

  /// What is found counts even if the task was cancelled meanwhile.
  private void refill() {
    if (!batch.isEmpty() || ended) {
      return; // another task has been here
    }
    var found = new Found();
    try {
      Tulip.blocking(found::read);
    } finally {
      batch.addAll(found.entries);
      failure = found.failure;
      if (found.last) {
        end();
      }
    }
  }

  private void end() {
    ended = true;
    tracker.closed(this);
  }

  /// Some entries, of which the loop's thread knows nothing until all are there.
  private final class Found {
    final ArrayList<T> entries = new ArrayList<>(BATCH);
    @Nullable IOException failure;
    boolean last;

    void read() {
      try {
        while (!last && entries.size() < BATCH) {
          last = !source.tryAdvance(entries::add);
        }
      } catch (UncheckedIOException e) {
        last = true;
        failure = e.getCause();
      }
      if (last) {
        stream.close();
      }
    }
  }

  /// The entries that are left; the iterator waits, and throws `UncheckedIOException`.
  @Override
  public Iterator<T> iterator() {
    return new Pulled<>(this::next);
  }

  /// Closes the folders that are open, in a cancelled scope too. Does nothing at the end of the
  /// listing.
  @Override
  public void close() throws IOException {
    Tulip.shield(() ->
        turn.run(() -> {
          batch.clear();
          failure = null;
          if (!ended) {
            end();
            Resources.close(stream);
          }
        }));
  }

  @Override
  public String toString() {
    return (ended ? "ended " : "") + "listing of " + subject;
  }
}
