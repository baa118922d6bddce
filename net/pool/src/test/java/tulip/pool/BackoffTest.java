// SPDX-License-Identifier: Apache-2.0
package tulip.pool;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.pool.Backoff.Jitter;
import tulip.testing.TulipTest;

/// Pauses that get longer, and an end.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class BackoffTest {
  private final Backoff plain =
      Backoff.DEFAULT.withJitter(Jitter.NONE).withDelays(ofSeconds(1), ofSeconds(10), 2);

  private static List<Duration> delays(Backoff backoff, int count) {
    var delays = backoff.delays();
    var list = new ArrayList<Duration>();
    for (int i = 0; i < count; i++) {
      list.add(delays.next());
    }
    return list;
  }

  private static long seconds() {
    return Duration.ofNanos(EventLoop.current().time()).toSeconds();
  }

  @Test
  void delaysDoubleUpToTheCap() {
    assertEquals(
        List.of(ofSeconds(1), ofSeconds(2), ofSeconds(4), ofSeconds(8), ofSeconds(10)),
        delays(plain, 5));
  }

  @Test
  void theyBeginAnewAfterAReset() {
    var delays = plain.delays();
    assertEquals(ofSeconds(1), delays.next());
    assertEquals(ofSeconds(2), delays.next());
    delays.reset();
    assertEquals(ofSeconds(1), delays.next());
  }

  @Test
  void fullJitterIsAnythingUpToTheDelay() {
    var full = plain.withJitter(Jitter.FULL).withRandom(new Random(1));
    long total = 0;
    for (int round = 0; round < 1_000; round++) {
      var delays = delays(full, 5);
      total += delays.getLast().toMillis();
      assertTrue(delays.getFirst().compareTo(ofSeconds(1)) < 0);
      assertTrue(delays.getLast().compareTo(ofSeconds(10)) < 0);
    }
    assertEquals(5_000, total / 1_000.0, 500);
  }

  @Test
  void decorrelatedJitterGrowsFromTheOneBefore() {
    var decorrelated = plain.withJitter(Jitter.DECORRELATED).withRandom(new Random(1));
    for (int round = 0; round < 1_000; round++) {
      var before = ofSeconds(1);
      for (var delay : delays(decorrelated, 20)) {
        assertTrue(delay.compareTo(ofSeconds(1)) >= 0, delay::toString);
        assertTrue(delay.compareTo(before.multipliedBy(3)) <= 0, delay::toString);
        assertTrue(delay.compareTo(ofSeconds(10)) <= 0, delay::toString);
        before = delay;
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameDelays() {
    assertEquals(
        delays(Backoff.DEFAULT.withRandom(new Random(7)), 10),
        delays(Backoff.DEFAULT.withRandom(new Random(7)), 10));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> plain.withDelays(Duration.ZERO, ofSeconds(1), 2));
    assertThrows(
        IllegalArgumentException.class, () -> plain.withDelays(ofSeconds(2), ofSeconds(1), 2));
    assertThrows(
        IllegalArgumentException.class, () -> plain.withDelays(ofSeconds(1), ofSeconds(2), 0.5));
    assertThrows(
        IllegalArgumentException.class,
        () -> plain.withDelays(ofSeconds(1), ofSeconds(2), Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> plain.withMaxAttempts(0));
  }

  @TulipTest
  void attemptsPauseInBetween() throws IOException {
    var moments = new ArrayList<Long>();
    long began = seconds();
    for (var attempt : plain.attempts()) {
      moments.add(seconds() - began);
      if (attempt.number() == 4) {
        break;
      }
      attempt.failed(new IOException("attempt " + attempt.number()));
    }
    assertEquals(List.of(0L, 1L, 3L, 7L), moments);
  }

  @TulipTest
  void theLastFailureIsThrownWithThoseBefore() {
    var error =
        assertThrows(
            IOException.class,
            () -> {
              for (var attempt : plain.withMaxAttempts(9).attempts()) {
                attempt.failed(new IOException("attempt " + attempt.number()));
              }
            });
    assertEquals("attempt 9", error.getMessage());
    assertEquals(5, error.getSuppressed().length);
    assertEquals("attempt 8", error.getSuppressed()[4].getMessage());
  }

  @TulipTest
  void noAttemptBeginsAfterTheTime() {
    long began = seconds();
    assertThrows(
        IOException.class,
        () -> {
          for (var attempt : plain.withMaxElapsed(ofSeconds(8)).attempts()) {
            attempt.failed(new IOException());
          }
        });
    assertEquals(7, seconds() - began, "at 0, 1, 3 and 7; the next would be at 15");
  }

  @TulipTest
  void aStableSuccessBeginsAnew() {
    var moments = new ArrayList<Long>();
    long began = seconds();
    for (var attempt : plain.withStableAfter(ofMinutes(1)).withMaxAttempts(3).attempts()) {
      moments.add(seconds() - began);
      attempt.succeeded();
      Tulip.sleep(moments.size() == 2 ? ofMinutes(2) : ofSeconds(1));
    }
    assertEquals(List.of(0L, 2L, 123L, 126L, 131L), moments);
  }

  @TulipTest
  void thereIsNoAttemptAfterTheLast() {
    var attempts = plain.withMaxAttempts(1).attempts().iterator();
    attempts.next();
    assertFalse(attempts.hasNext());
    assertThrows(NoSuchElementException.class, attempts::next);
  }

  @TulipTest
  void retryReturnsWhatTheBlockDoes() throws IOException {
    var failures = new ArrayList<>(List.of(new ConnectException("1"), new ConnectException("2")));
    int result =
        plain.retry(
            ConnectException.class::isInstance,
            () -> {
              if (!failures.isEmpty()) {
                throw failures.removeFirst();
              }
              return 42;
            });
    assertEquals(42, result);
  }

  @TulipTest
  void retryThrowsWhatIsNotWorthIt() {
    var failure = new IOException("no such user");
    long began = seconds();
    assertSame(
        failure,
        assertThrows(
            IOException.class,
            () ->
                plain.retry(
                    ConnectException.class::isInstance,
                    () -> {
                      throw failure;
                    })));
    assertEquals(began, seconds());
  }

  @TulipTest
  void retryGivesUp() {
    var error =
        assertThrows(
            IOException.class,
            () ->
                plain
                    .withMaxAttempts(3)
                    .retry(
                        _ -> true,
                        () -> {
                          throw new IOException("down");
                        }));
    assertEquals(2, error.getSuppressed().length);
  }

  @TulipTest
  void pausesCanBeCancelled() throws IOException {
    assertFalse(
        Tulip.moveOnAfter(
            ofMillis(1500),
            () ->
                plain.retry(
                    _ -> true,
                    () -> {
                      throw new IOException("down");
                    })));
  }
}
