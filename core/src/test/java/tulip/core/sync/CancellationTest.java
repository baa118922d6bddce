// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.sync.Turns.settle;
import static tulip.core.sync.Turns.start;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tulip.core.Action;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.Tulip;

/// Every wait, cancelled in every way at every moment: whoever waits behind it must get through,
/// and who was let through must know.
class CancellationTest {
  /// A primitive that makes tasks wait until the test lets one go.
  ///
  /// @param hold makes those wait that come
  /// @param pass what they do
  /// @param handOver lets one go, or all
  /// @param waiting who waits
  private record Subject(
      Action<Exception> hold,
      Action<Exception> pass,
      Action<Exception> handOver,
      Supplier<List<Task<?>>> waiting) {}

  enum Primitive {
    LOCK,
    SEMAPHORE,
    LIMITER,
    WRITER_BEHIND_WRITER,
    WRITER_BEHIND_READER,
    READER,
    PHASE_FAIR_READER,
    EVENT,
    CONDITION,
    LOCK_OF_CONDITION
  }

  enum Way {
    TASK_CANCEL,
    SCOPE,
    DEADLINE
  }

  enum Moment {
    BEFORE_THE_WAIT,
    IN_THE_WAIT,
    JUST_BEFORE_THE_HAND_OVER,
    JUST_AFTER_THE_HAND_OVER,
    BOTH_WAITERS_BEFORE_THE_HAND_OVER
  }

  record Case(Primitive primitive, Way way, Moment moment, Engine engine) {}

  static List<Case> cases() {
    var cases = new ArrayList<Case>();
    for (var primitive : Primitive.values()) {
      for (var way : Way.values()) {
        for (var moment : Moment.values()) {
          cases.add(new Case(primitive, way, moment, Engine.CARRIER));
          cases.add(new Case(primitive, way, moment, Engine.BATON));
        }
      }
    }
    return cases;
  }

  private static Subject of(Acquirable held, Acquirable wanted, Supplier<List<Task<?>>> waiting) {
    return new Subject(held::acquire, () -> wanted.run(() -> {}), held::release, waiting);
  }

  private static Subject of(Primitive primitive) {
    return switch (primitive) {
      case LOCK -> {
        var lock = new Lock();
        yield of(lock, lock, () -> lock.statistics().waiting());
      }
      case SEMAPHORE -> {
        var semaphore = Semaphore.bounded(1);
        yield of(semaphore, semaphore, () -> semaphore.statistics().waiting());
      }
      case LIMITER -> {
        var limiter = new CapacityLimiter(1);
        yield of(limiter, limiter, () -> limiter.statistics().waiting());
      }
      case WRITER_BEHIND_WRITER -> {
        var lock = new RwLock();
        yield of(lock.writer(), lock.writer(), () -> lock.statistics().waitingWriters());
      }
      case WRITER_BEHIND_READER -> {
        var lock = new RwLock();
        yield of(lock.reader(), lock.writer(), () -> lock.statistics().waitingWriters());
      }
      case READER -> {
        var lock = new RwLock();
        yield of(lock.writer(), lock.reader(), () -> lock.statistics().waitingReaders());
      }
      case PHASE_FAIR_READER -> {
        var lock = RwLock.phaseFair();
        yield of(lock.writer(), lock.reader(), () -> lock.statistics().waitingReaders());
      }
      case EVENT -> {
        var event = new Event();
        yield new Subject(() -> {}, event::await, event::set, () -> event.statistics().waiting());
      }
      case CONDITION -> {
        var condition = new Condition();
        var passed = new boolean[1];
        yield new Subject(
            () -> {},
            () ->
                condition.run(() -> {
                  if (!passed[0]) {
                    condition.await();
                  }
                  condition.notifyOne();
                }),
            () ->
                condition.run(() -> {
                  passed[0] = true;
                  condition.notifyOne();
                }),
            () -> condition.statistics().waiting());
      }
      case LOCK_OF_CONDITION -> {
        // notified at once: what it waits for is the lock
        var condition = new Condition();
        var done = new boolean[1];
        yield new Subject(
            () -> {},
            () ->
                condition.run(() -> {
                  if (!done[0]) {
                    condition.await();
                  }
                }),
            () -> {
              condition.acquire();
              done[0] = true;
              condition.notifyWaiters();
              condition.release();
            },
            () -> condition.statistics().waiting());
      }
    };
  }

  /// A task that passes a subject inside a scope of its own.
  private static final class Passer {
    final Scope scope = new Scope();
    final Task<@Nullable Void> task;
    boolean passed;

    Passer(String name, Subject subject) {
      task =
          start(
              name,
              () ->
                  scope.run(() -> {
                    subject.pass().run();
                    passed = true;
                  }));
    }

    void cancel(Way way) {
      switch (way) {
        case TASK_CANCEL -> task.cancel("test");
        case SCOPE -> scope.cancel("test");
        case DEADLINE -> scope.deadline(EventLoop.current().time());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nothingIsLost(Case test) throws Exception {
    OnLoop.run(test.engine(), () -> check(of(test.primitive()), test.way(), test.moment()));
  }

  private static void check(Subject subject, Way way, Moment moment) throws Exception {
    subject.hold().run();
    var first = new Passer("first", subject);
    if (moment == Moment.BEFORE_THE_WAIT) {
      first.cancel(way);
    }
    var second = new Passer("second", subject);
    settle();
    assertEquals(moment == Moment.BEFORE_THE_WAIT ? 1 : 2, subject.waiting().get().size());
    if (moment == Moment.IN_THE_WAIT) {
      first.cancel(way);
      settle();
      assertEquals(List.of(second.task), subject.waiting().get());
    }
    if (moment == Moment.JUST_BEFORE_THE_HAND_OVER) {
      first.cancel(way);
    }
    if (moment == Moment.BOTH_WAITERS_BEFORE_THE_HAND_OVER) {
      first.cancel(way);
      second.cancel(way);
    }
    subject.handOver().run();
    if (moment == Moment.JUST_AFTER_THE_HAND_OVER) {
      first.cancel(way);
    }
    settle();
    boolean secondToo = moment == Moment.BOTH_WAITERS_BEFORE_THE_HAND_OVER;
    assertEquals(moment == Moment.JUST_AFTER_THE_HAND_OVER, first.passed);
    assertEquals(!secondToo, second.passed);
    assertEquals(List.of(), subject.waiting().get());
    first.task.awaitDone();
    second.task.awaitDone();
    // and the next ones find it as if nothing had happened
    Tulip.timeout(Duration.ofSeconds(1), subject.pass());
    var third = new Passer("third", subject);
    settle();
    assertTrue(third.passed);
  }
}
