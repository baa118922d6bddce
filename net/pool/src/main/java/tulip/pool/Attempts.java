// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import tulip.core.EventLoop;
import tulip.core.Tulip;

/// Attempts with pauses between them, as a [Backoff] says.
///
/// They are iterated over by one task. [Iterator#next] waits for the pause, on the loop's clock,
/// and can be cancelled.
public final class Attempts implements Iterable<Attempts.Attempt> {
  /// So many earlier failures are told with the last.
  private static final int TOLD = 5;

  private final EventLoop loop = EventLoop.current();
  private final Backoff backoff;
  private final Backoff.Delays delays;
  private final ArrayDeque<Throwable> failures = new ArrayDeque<>();
  private long began = loop.time();
  private int count;
  private Duration pause = Duration.ZERO;
  private boolean succeeded;
  private long successBegan;

  Attempts(Backoff backoff) {
    this.backoff = backoff;
    delays = backoff.delays();
  }

  /// The attempts that are left; there is no going back.
  @Override
  public Iterator<Attempt> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return areLeft();
      }

      @Override
      public Attempt next() {
        return begin();
      }
    };
  }

  /// Whether there is to be another attempt.
  boolean areLeft() {
    beginAnewIfStable();
    return count < backoff.maxAttempts() && !isTooLate();
  }

  private boolean isTooLate() {
    long elapsed = loop.time() - began;
    return count > 0 && Duration.ofNanos(elapsed).plus(pause).compareTo(backoff.maxElapsed()) > 0;
  }

  private void beginAnewIfStable() {
    if (succeeded && loop.time() - successBegan >= backoff.stableAfter().toNanos()) {
      count = 0;
      began = loop.time();
      failures.clear();
      delays.reset();
      pause = delays.next(); // others may have lost the same server at this moment
    }
    succeeded = false;
  }

  /// Waits for the pause, if this is not the very first attempt.
  Attempt begin() {
    if (!areLeft()) {
      throw new NoSuchElementException("there are no more attempts: " + count + " were made");
    }
    if (pause.isPositive()) {
      Tulip.sleep(pause);
    }
    count++;
    pause = delays.next();
    return new Attempt(count);
  }

  /// How long the pause before the next attempt is.
  public Duration pause() {
    return pause;
  }

  /// One attempt.
  public final class Attempt {
    private final int number;

    private Attempt(int number) {
      this.number = number;
    }

    /// Which one it is, from 1.
    public int number() {
      return number;
    }

    /// Says that the attempt has failed, and lets the next one come.
    ///
    /// @throws X the failure itself, if there is to be no other attempt; up to five that came
    ///   before it are suppressed in it
    public <X extends Throwable> void failed(X failure) throws X {
      if (isLast(failure)) {
        throw failure;
      }
    }

    /// Says that the attempt has succeeded, from now on until the next one.
    public void succeeded() {
      succeeded = true;
      successBegan = loop.time();
    }

    /// Whether a failure is to be the last; then it is told those before it.
    @SuppressWarnings("ReferenceEquality") // an exception cannot suppress itself
    boolean isLast(Throwable failure) {
      if (areLeft()) {
        failures.add(failure);
        if (failures.size() > TOLD) {
          failures.removeFirst();
        }
        return false;
      }
      failures.stream().filter(earlier -> earlier != failure).forEach(failure::addSuppressed);
      return true;
    }
  }
}
