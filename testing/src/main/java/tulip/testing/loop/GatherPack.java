// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tulip.core.ExceptionGroup;
import tulip.core.InvalidStateException;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// Several calls at once, and services that tell when they are ready.
abstract class GatherPack extends GroupPack {
  private static final long SECOND = 1_000_000_000;

  // Gathering.

  @Test
  void gatherReturnsTheResultsInTheOrderOfTheCalls() throws Exception {
    run(loop -> {
      var results = Tulip.gather(() -> after(3, "a"), () -> after(1, "b"), () -> after(2, "c"));
      assertEquals(List.of("a", "b", "c"), results);
      trail.assertIs("b", "c", "a");
      assertEquals(3 * SECOND, loop.time());
    });
  }

  @Test
  void gatherAppliesACallToEveryItem() throws Exception {
    run(_ -> {
      var items = IntStream.range(0, 100).boxed().toList();
      assertEquals(
          items.stream().map(i -> i * 2).toList(),
          Tulip.gather(
              items,
              i -> {
                Tulip.sleep(ofSeconds(100 - i));
                return i * 2;
              }));
      assertEquals(List.of(), Tulip.gather(List.<Integer>of(), i -> i));
    });
  }

  /// asyncio lets the others run on; Tulip cancels them.
  @Test
  void gatherThrowsTheFirstFailureAndCancelsTheOthers() throws Exception {
    run(loop -> {
      var thrown =
          assertThrows(
              IOException.class,
              () ->
                  Tulip.<Object, IOException>gather(
                      () -> after(60, "not reached"),
                      () -> {
                        failAfter(1, "first");
                        return "never";
                      },
                      () -> {
                        failWhenCancelled("second");
                        return "never";
                      }));
      assertEquals("first", thrown.getMessage());
      assertEquals("second", thrown.getSuppressed()[0].getMessage());
      assertEquals(SECOND, loop.time());
      trail.assertIs();
    });
  }

  @Test
  void cancellingAGatherCancelsItsCalls() throws Exception {
    run(loop -> {
      var task = loop.createTask(() -> Tulip.gather(() -> after(60, "a"), () -> after(60, "b")));
      Tulip.sleep(ofSeconds(1));
      assertEquals(4, loop.taskCount());
      task.cancel();
      task.awaitDone();
      assertTrue(task.isCancelled());
      assertEquals(1, loop.taskCount());
      trail.assertIs();
    });
  }

  // The started hand-shake.

  @Test
  void startAndWaitReturnsWhatTheTaskTells() throws Exception {
    run(loop -> {
      try (var group = TaskGroup.open()) {
        int port =
            group.<Integer>startAndWait(status -> {
              Tulip.sleep(ofSeconds(1));
              status.started(8080);
              after(60, "not reached");
            });
        assertEquals(8080, port);
        assertEquals(SECOND, loop.time());
        assertEquals(1, group.children().size());
      }
      trail.assertIs();
    });
  }

  @Test
  void aServiceThatFailsBeforeItStartedFailsForItsStarterAlone() throws Exception {
    run(_ ->
        TaskGroup.run(group -> {
          group.start(() -> after(2, "sibling"));
          var thrown =
              assertThrows(
                  Exception.class, () -> group.startAndWait(_ -> failAfter(1, "expected")));
          assertTrue(String.valueOf(thrown).contains("expected"), thrown.toString());
          group.join();
          trail.assertIs("sibling");
        }));
  }

  @Test
  void aServiceThatEndsWithoutTellingIsAnError() throws Exception {
    run(_ ->
        TaskGroup.run(
            group -> assertThrows(IllegalStateException.class, () -> group.startAndWait(_ -> {}))));
  }

  @Test
  void aServiceThatFailsLaterFailsItsGroup() throws Exception {
    run(_ -> {
      var thrown =
          assertThrows(
              ExceptionGroup.class,
              () ->
                  TaskGroup.run(group ->
                      group.<String>startAndWait(status -> {
                        status.started("up");
                        failAfter(1, "expected");
                      })));
      assertEquals(List.of("expected"), messages(thrown));
    });
  }

  @Test
  void aServiceTellsOnce() throws Exception {
    run(_ ->
        TaskGroup.run(group ->
            assertEquals(
                "up",
                group.<String>startAndWait(status -> {
                  status.started("up");
                  assertThrows(InvalidStateException.class, () -> status.started("again"));
                }))));
  }

  @Test
  void cancellingTheStarterEndsTheServiceFirst() throws Exception {
    run(loop -> {
      var starter =
          loop.createTask(() ->
              TaskGroup.run(group -> {
                try {
                  group.startAndWait(_ -> {
                    try {
                      Tulip.sleepForever();
                    } finally {
                      trail.add("service");
                    }
                  });
                } finally {
                  trail.add("starter");
                }
              }));
      Tulip.sleep(ofSeconds(1));
      starter.cancel();
      starter.awaitDone();
      assertTrue(starter.isCancelled());
      assertFalse(loop.isClosed());
      trail.assertIs("service", "starter");
    });
  }

  @Test
  void aServiceOfACancelledGroupEndsInItsFirstWait() throws Exception {
    run(_ -> {
      TaskGroup.run(group -> {
        group.cancel();
        group.<String>startAndWait(status -> {
          trail.add("service");
          Tulip.yield();
          trail.add("not reached");
          status.started("ready");
        });
        trail.add("not reached");
      });
      trail.assertIs("service");
    });
  }

  @Test
  void gatherOfNothingIsNothing() throws Exception {
    run(loop -> {
      loop.callSoon(trail.mark("callback"));
      assertEquals(List.of(), Tulip.gather(List.<String>of(), item -> item));
      trail.assertIs();
    });
  }
}
