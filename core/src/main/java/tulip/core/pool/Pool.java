// SPDX-License-Identifier: Apache-2.0
package tulip.core.pool;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.LoopClosedException;
import tulip.core.LoopOptions;
import tulip.core.Runner;
import tulip.core.Tulip.Mapping;

/// Applies a call to every item of a source, to so many at once.
///
/// ```java
/// try (var sizes = Pool.mapUnordered(files, 4, file -> Tulip.blocking(() -> Files.size(file)))) {
///   for (long size : sizes) {
///     total += size;
///   }
/// }
/// ```
///
/// The source may be endless: an item is taken from it only when there is a place for it. `limit`
/// places are all there are; an item holds one until its result has been taken. (In a thread that
/// is no task of the loop, as many results again may lie ready for it.) So a slow user slows the
/// source down, and the memory needed is that of `limit` items.
///
/// Source and call run in tasks of the loop, at most `limit` of them: the source in one at a time.
/// Both may wait; if neither ever does, they hold the turn until all places are taken. For an
/// iterator or a stream as the source write `() -> iterator` or `stream::iterator`.
///
/// If the call or the source fails, no more items are taken, the calls under way are cancelled, and
/// when they have ended the iteration throws the failure, with those that came after it suppressed.
/// Results that nobody has taken are dropped then.
public final class Pool {
  private Pool() {}

  /// Applies a call to all items, and gives the results in the items' order.
  ///
  /// In a task of a loop it runs there. In other threads it runs a loop of its own, which ends with
  /// the results.
  ///
  /// @param limit how many items are under way at most, 1 at least
  public static <A extends @Nullable Object, R extends @Nullable Object> Results<R> mapOrdered(
      Iterable<? extends A> source, int limit, Mapping<? super A, ? extends R, ?> call) {
    return start(new Work<A, R>(source, limit, true, call));
  }

  /// Applies a call to all items, and gives the results as they come.
  ///
  /// In a task of a loop it runs there. In other threads it runs a loop of its own, which ends with
  /// the results.
  ///
  /// @param limit how many items are under way at most, 1 at least
  public static <A extends @Nullable Object, R extends @Nullable Object> Results<R> mapUnordered(
      Iterable<? extends A> source, int limit, Mapping<? super A, ? extends R, ?> call) {
    return start(new Work<A, R>(source, limit, false, call));
  }

  /// Applies a call to all items on a certain loop, and gives the results in the items' order.
  ///
  /// For any thread, and for tasks of any loop.
  ///
  /// @param limit how many items are under way at most, 1 at least
  /// @throws LoopClosedException if the loop is closed
  public static <A extends @Nullable Object, R extends @Nullable Object> Results<R> mapOrdered(
      EventLoop loop,
      Iterable<? extends A> source,
      int limit,
      Mapping<? super A, ? extends R, ?> call) {
    return start(loop, new Work<A, R>(source, limit, true, call));
  }

  /// Applies a call to all items on a certain loop, and gives the results as they come.
  ///
  /// For any thread, and for tasks of any loop.
  ///
  /// @param limit how many items are under way at most, 1 at least
  /// @throws LoopClosedException if the loop is closed
  public static <A extends @Nullable Object, R extends @Nullable Object> Results<R> mapUnordered(
      EventLoop loop,
      Iterable<? extends A> source,
      int limit,
      Mapping<? super A, ? extends R, ?> call) {
    return start(loop, new Work<A, R>(source, limit, false, call));
  }

  private static <R extends @Nullable Object> Results<R> start(Work<?, R> work) {
    if (here() != null) {
      return new TaskResults<>(work);
    }
    var runner = Runner.open(LoopOptions.DEFAULT);
    return ThreadResults.start(runner.loop(), runner, work);
  }

  private static <R extends @Nullable Object> Results<R> start(EventLoop loop, Work<?, R> work) {
    Objects.requireNonNull(loop, "loop");
    if (loop.inLoop()) {
      return new TaskResults<>(work);
    }
    return ThreadResults.start(loop, null, work);
  }

  /// The loop that the calling code runs on.
  static @Nullable EventLoop here() {
    try {
      return EventLoop.current();
    } catch (LoopClosedException e) {
      throw e;
    } catch (IllegalStateException e) {
      return null;
    }
  }
}
