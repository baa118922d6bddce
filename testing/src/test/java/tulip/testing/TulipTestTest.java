// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.core.ContextVar;
import tulip.core.EventLoop;
import tulip.core.ExceptionGroup;
import tulip.core.LoopOptions.Engine;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.VirtualClock;
import tulip.testing.TulipTest.Clock;

/// How tests run on a loop, seen by the launcher from outside and by the samples from inside.
class TulipTestTest {
  private static final List<Object> SEEN = new ArrayList<>();

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  private static Ran passed(Class<?> sample) {
    var ran = Ran.of(sample);
    assertEquals(List.of(), ran.failed(), () -> ran.failure(ran.failed().getFirst()).toString());
    return ran;
  }

  @TulipTest
  static class Clocks {
    @TulipTest
    void anHourPassesAtOnce(EventLoop loop, VirtualClock clock) {
      Tulip.sleep(Duration.ofHours(1));
      assertEquals(Duration.ofHours(1).toNanos(), loop.time());
      assertEquals(loop.time(), clock.time());
    }

    @TulipTest(clock = Clock.MANUAL)
    void timePassesByHand(VirtualClock clock, TaskGroup group) {
      var sleeper = group.start(() -> Tulip.sleep(Duration.ofSeconds(1)));
      Tasks.awaitAllBlocked();
      clock.advance(Duration.ofSeconds(1));
      sleeper.await();
    }

    @TulipTest(clock = Clock.REAL)
    void timePassesByItself(EventLoop loop) {
      assertTrue(loop.options().clock() == null);
      Tulip.sleep(Duration.ofMillis(1));
    }

    @TulipTest(clock = {Clock.VIRTUAL, Clock.REAL})
    void withEach(EventLoop loop) {
      Tulip.sleep(Duration.ofMillis(1));
    }
  }

  @Test
  void aTestHasTheClockItAsksFor() {
    assertEquals(
        List.of(
            "anHourPassesAtOnce(EventLoop, VirtualClock)",
            "real time",
            "timePassesByHand(VirtualClock, TaskGroup)",
            "timePassesByItself(EventLoop)",
            "virtual time"),
        passed(Clocks.class).names());
  }

  static class NoClock {
    @TulipTest(clock = Clock.REAL)
    void asksForOne(VirtualClock clock) {}
  }

  @Test
  void inRealTimeThereIsNoVirtualClockToGet() {
    var failure = Ran.of(NoClock.class).message("asksForOne(VirtualClock)");
    assertTrue(failure.contains("a test in real time has no VirtualClock"), failure);
  }

  @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
  static class Engines {
    @TulipTest
    void onEach(EventLoop loop) {
      SEEN.add(loop.engine());
      Tulip.yield();
    }

    @TulipTest(engine = Engine.BATON)
    void onOne(EventLoop loop) {
      SEEN.add("one: " + loop.engine());
    }

    @Nested
    class Inner {
      @TulipTest
      void onEachToo(EventLoop loop) {
        SEEN.add("inner: " + loop.engine());
      }
    }
  }

  @Test
  void aClassSaysWhatHoldsForItsTestsAndNestedClasses() {
    assertEquals(List.of("baton", "carrier", "onOne(EventLoop)"), passed(Engines.class).names());
    assertEquals(
        List.of("baton", "carrier", "inner: baton", "inner: carrier", "one: baton"),
        SEEN.stream().map(Object::toString).sorted().toList());
  }

  @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
  static class Fixtures {
    private static final ContextVar<String> USER = ContextVar.of("user");

    private @Nullable Task<?> task;
    private @Nullable TaskGroup group;
    private @Nullable Task<Integer> background;
    private long begun;

    @BeforeEach
    void open(EventLoop loop) {
      task = Task.current();
      USER.set("guido");
      group = TaskGroup.open();
      background =
          group.start(() -> {
            for (int seconds = 0; ; seconds++) {
              begun = seconds;
              Tulip.sleep(Duration.ofSeconds(1));
            }
          });
      Tulip.sleep(Duration.ofMillis(2_500));
    }

    @TulipTest
    void runsInTheSameTask() {
      assertSame(task, Task.current());
      assertEquals("guido", USER.get());
      assertEquals(2, begun);
      Tulip.sleep(Duration.ofSeconds(1));
      assertEquals(3, begun);
    }

    @AfterEach
    void close() {
      assertSame(task, Task.current());
      assertEquals(3, begun);
      Objects.requireNonNull(group).close();
      assertTrue(Objects.requireNonNull(background).isCancelled());
    }
  }

  @Test
  void beforeTestAndAfterAreOneTaskWhoseTimeStandsStillBetweenThem() {
    passed(Fixtures.class);
  }

  static class Groups {
    @TulipTest
    void tasksEndWithTheTest(TaskGroup group) {
      var server = group.start(() -> Tulip.sleepForever());
      SEEN.add(server);
      Tulip.yield();
    }

    @TulipTest
    void aTaskFails(TaskGroup group) {
      group.start(() -> {
        throw new IllegalStateException("the server fails");
      });
      Tulip.sleepForever();
    }

    @TulipTest
    void aTestMayCancelItsGroup(TaskGroup group) {
      group.cancel();
      Tulip.yield();
    }

    @AfterEach
    void theLoopIsAsGoodAsBefore() {
      Tulip.sleep(Duration.ofSeconds(1));
      SEEN.add("after");
    }
  }

  @Test
  void theGroupOfATestEndsWithIt() {
    var ran = Ran.of(Groups.class);
    assertEquals(List.of("aTaskFails(TaskGroup)"), ran.failed());
    var group = (ExceptionGroup) ran.failure("aTaskFails(TaskGroup)");
    assertEquals("the server fails", group.exceptions().getFirst().getMessage());
    assertEquals(3, SEEN.stream().filter("after"::equals).count());
  }

  static class EarlyGroup {
    @BeforeEach
    void open(TaskGroup group) {}

    @TulipTest
    void test() {}
  }

  @Test
  void onlyTestsGetAGroup() {
    var failure = Ran.of(EarlyGroup.class).message("test()");
    assertTrue(failure.contains("close it in @AfterEach"), failure);
  }

  static class Templates {
    @TulipTest(engine = Engine.BATON)
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void parameterized(int number, EventLoop loop) {
      Tulip.sleep(Duration.ofHours(number));
      SEEN.add(loop.engine() + number);
    }

    @TulipTest
    @RepeatedTest(2)
    void repeated(EventLoop loop) {
      Tulip.sleep(Duration.ofHours(1));
      SEEN.add(loop.time());
    }

    @Test
    void plain() {
      assertThrows(IllegalStateException.class, EventLoop::current);
    }
  }

  @Test
  void otherTemplatesRunOnALoopToo() {
    assertEquals(5, passed(Templates.class).names().size());
    assertTrue(SEEN.containsAll(List.of("baton1", "baton2", Duration.ofHours(1).toNanos())));
  }

  static class TooMany {
    @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
    @RepeatedTest(1)
    void repeated() {}
  }

  @Test
  void besideAnotherTemplateThereIsOneEngine() {
    var failure = Ran.of(TooMany.class).message("repetition 1 of 1");
    assertTrue(failure.contains("on one engine"), failure);
  }
}
