// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tulip.core.Task;
import tulip.core.spi.ResourceTracker;
import tulip.testing.TulipTest.Leak;

/// Keeps what is open on a loop, with the stack that opened it.
final class OpenResources implements ResourceTracker {
  private record Key(Object resource) {
    @Override
    @SuppressWarnings("ReferenceEquality") // two that are equal are still two
    public boolean equals(Object other) {
      return other instanceof Key key && key.resource == resource;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(resource);
    }
  }

  private record Opening(long number, Throwable place) {}

  private final Map<Key, Opening> open = new ConcurrentHashMap<>();
  private final AtomicLong openings = new AtomicLong();

  @Override
  public void opened(Object resource) {
    open.put(new Key(resource), new Opening(openings.incrementAndGet(), new Throwable()));
  }

  @Override
  public void closed(Object resource) {
    open.remove(new Key(resource));
  }

  /// What is open still, the oldest first. On the loop.
  List<Leftover> left() {
    return open.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> entry.getValue().number))
        .map(entry -> leftover(entry.getKey().resource, entry.getValue().place.getStackTrace()))
        .toList();
  }

  private static Leftover leftover(Object resource, StackTraceElement[] stack) {
    var frames = Arrays.stream(stack).dropWhile(OpenResources::isTulips).toList();
    var from = frames.isEmpty() ? "" : " at " + frames.getFirst();
    var trace = frames.toArray(StackTraceElement[]::new);
    if (resource instanceof Task<?> task) {
      var on = task.waitingFor();
      var what = task + (on == null ? "" : ", which waits for " + on) + ", started" + from;
      return new Leftover(Leak.TASK, what, new Leftover.Trace(task + " was started here", trace));
    }
    return new Leftover(
        Leak.RESOURCE,
        resource + ", opened" + from,
        new Leftover.Trace(resource + " was opened here", trace));
  }

  private static boolean isTulips(StackTraceElement frame) {
    return frame.getClassName().startsWith("tulip.core.")
        || frame.getClassName().equals(OpenResources.class.getName());
  }
}
