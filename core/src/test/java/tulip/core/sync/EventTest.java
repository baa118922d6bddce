// SPDX-License-Identifier: Apache-2.0
package tulip.core.sync;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.sync.Turns.assertContains;
import static tulip.core.sync.Turns.join;
import static tulip.core.sync.Turns.settle;
import static tulip.core.sync.Turns.start;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import tulip.core.BothEngines;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.OnLoop;
import tulip.core.Task;
import tulip.core.Tulip;

class EventTest {
  private final Event event = new Event();

  @BothEngines
  void letsAllThroughInTheOrderInWhichTheyCame(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var trail = new ArrayList<String>();
          var tasks = new ArrayList<Task<?>>();
          for (var name : List.of("a", "b", "c")) {
            tasks.add(
                start(
                    name,
                    () -> {
                      event.await();
                      trail.add(name);
                    }));
          }
          settle();
          assertEquals(List.of(), trail);
          event.set();
          join(tasks);
          assertEquals(List.of("a", "b", "c"), trail);
        });
  }

  @BothEngines
  void isPassedAtOnceWhenItIsSet(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          event.set();
          var trail = new ArrayList<String>();
          var other = start("other", () -> trail.add("other"));
          event.await();
          trail.add("main");
          other.await();
          assertEquals(List.of("main", "other"), trail);
        });
  }

  @BothEngines
  void canBeClearedAndSetAgain(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          assertFalse(event.isSet());
          event.set();
          event.set();
          assertTrue(event.isSet());
          event.clear();
          event.clear();
          assertFalse(event.isSet());
          assertThrows(
              TimeoutException.class, () -> Tulip.timeout(ofSeconds(1), () -> event.await()));
        });
  }

  @BothEngines
  void whoWaitedWhenItWasSetGoesOnEvenIfItIsClearedAtOnce(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var tasks = List.of(start("a", () -> event.await()), start("b", () -> event.await()));
          settle();
          event.set();
          event.clear();
          join(tasks);
          assertFalse(event.isSet());
        });
  }

  @BothEngines
  void aCallbackMaySetIt(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          EventLoop.current().callLater(ofSeconds(1), event::set);
          event.await();
        });
  }

  @BothEngines
  void itMayBeSetBeforeAnyLoopRuns(Engine engine) throws Exception {
    event.set();
    OnLoop.run(engine, () -> event.await());
  }

  @BothEngines
  void anotherThreadIsSentThroughTheLoop(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var loop = EventLoop.current();
          var task = start("a", () -> event.await());
          settle();
          Tulip.blocking(() -> {
            var e = assertThrows(IllegalStateException.class, event::set);
            assertContains("callSoonThreadSafe", e.getMessage());
            assertThrows(IllegalStateException.class, event::clear);
            loop.callSoonThreadSafe(event::set);
          });
          task.await();
        });
  }

  @BothEngines
  void saysWhoWaits(Engine engine) throws Exception {
    OnLoop.run(
        engine,
        () -> {
          var task = start("a", () -> event.await());
          settle();
          assertEquals(new Event.Statistics(false, List.of(task)), event.statistics());
          assertEquals("event that is not set, 1 waiting: a", event.toString());
          event.set();
          assertEquals(new Event.Statistics(true, List.of()), event.statistics());
          assertEquals("event that is set", event.toString());
          task.await();
        });
  }
}
