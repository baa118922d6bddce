// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import tulip.core.Cancelled;
import tulip.core.ExceptionGroup;
import tulip.core.Scope;
import tulip.core.Task;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// Task groups: no child outlives its block, and no failure is lost.
abstract class GroupPack extends ScopePack {
  private static final long SECOND = 1_000_000_000;

  String after(int seconds, String result) {
    Tulip.sleep(ofSeconds(seconds));
    trail.add(result);
    return result;
  }

  static void failAfter(int seconds, String message) throws IOException {
    Tulip.sleep(ofSeconds(seconds));
    throw new IOException(message);
  }

  static List<String> messages(ExceptionGroup group) {
    return group.exceptions().stream().map(Throwable::getMessage).toList();
  }

  // Joining.

  @Test
  void joinWaitsForAllChildren() throws Exception {
    run(loop -> {
      try (var group = TaskGroup.open()) {
        var slow = group.start(() -> after(2, "slow"));
        var fast = group.start(() -> after(1, "fast"));
        group.join();
        assertEquals("slow", slow.result());
        assertEquals("fast", fast.result());
      }
      trail.assertIs("fast", "slow");
      assertEquals(2 * SECOND, loop.time());
    });
  }

  @Test
  void aLimitWithinTheBlockEndsTheJoinAndTheChildren() throws Exception {
    run(loop -> {
      try (var group = TaskGroup.open()) {
        group.start(() -> after(9, "child"));
        assertFalse(Tulip.moveOnAfter(ofSeconds(2), group::join));
        assertEquals(List.of(), group.children());
        group.start(() -> after(1, "later"));
        group.join();
      }
      trail.assertIs("later");
      assertEquals(3 * SECOND, loop.time());
    });
  }

  @Test
  void aLimitWithinAShieldedBlockEndsTheJoinToo() throws Exception {
    run(loop -> {
      var around = new Scope();
      around.run(() -> {
        try (var group = TaskGroup.open()) {
          group.scope().shield(true);
          around.cancel();
          group.start(() -> after(9, "child"));
          assertFalse(Tulip.moveOnAfter(ofSeconds(2), group::join));
        }
      });
      trail.assertIs();
      assertEquals(2 * SECOND, loop.time());
    });
  }

  @Test
  void aChildThatFailsDoesNotCutAJoinWithALimit() throws Exception {
    run(loop -> {
      var failure =
          assertThrows(
              ExceptionGroup.class,
              () ->
                  TaskGroup.run(group -> {
                    group.start(() -> failAfter(1, "early"));
                    group.start(() -> Tulip.shield(() -> after(2, "late")));
                    Tulip.moveOnAfter(ofSeconds(5), group::join);
                  }));
      assertEquals(List.of("early"), messages(failure));
      trail.assertIs("late");
      assertEquals(2 * SECOND, loop.time());
    });
  }

  @Test
  void whatCancelsAroundTheGroupCutsAJoinWithALimit() throws Exception {
    run(loop -> {
      assertFalse(
          Tulip.moveOnAfter(
              ofSeconds(1),
              () ->
                  TaskGroup.run(group -> {
                    group.start(() -> after(9, "child"));
                    Tulip.moveOnAfter(ofSeconds(5), group::join);
                    trail.add("unreachable");
                  })));
      trail.assertIs();
      assertEquals(SECOND, loop.time());
    });
  }

  @Test
  void runJoinsByItself() throws Exception {
    run(_ -> {
      TaskGroup.run(group -> group.start(() -> after(1, "child")));
      trail.assertIs("child");
    });
  }

  @Test
  void anEmptyGroupJoinsAtOnce() throws Exception {
    run(loop -> {
      loop.callSoon(trail.mark("callback"));
      TaskGroup.run(_ -> {});
      trail.assertIs();
      Tulip.yield();
    });
  }

  @Test
  void childrenStartInOrderAndNotInline() throws Exception {
    run(_ ->
        TaskGroup.run(group -> {
          for (int i = 0; i < 3; i++) {
            int number = i;
            group.start(() -> trail.add(number));
          }
          trail.assertIs();
          Tulip.yield();
          trail.assertIs(0, 1, 2);
        }));
  }

  @Test
  void aChildMayStartSiblings() throws Exception {
    run(_ -> {
      TaskGroup.run(group ->
          group.start(() -> {
            Tulip.sleep(ofSeconds(1));
            group.start(() -> after(1, "sibling"));
            trail.add("child");
          }));
      trail.assertIs("child", "sibling");
    });
  }

  @Test
  void aGroupMayBeJoinedAgain() throws Exception {
    run(_ ->
        TaskGroup.run(group -> {
          group.start(() -> after(1, "first"));
          group.join();
          group.start(() -> after(1, "second"));
          group.join();
          trail.assertIs("first", "second");
        }));
  }

  @Test
  void aGroupListsItsChildren() throws Exception {
    run(_ ->
        TaskGroup.run(group -> {
          var first = group.start("first", () -> after(1, "first"));
          var second = group.start("second", () -> after(2, "second"));
          assertEquals("first", first.name());
          assertEquals(List.of(first, second), group.children());
          first.await();
          assertEquals(List.of(second), group.children());
        }));
  }

  @Test
  void aClosedGroupTakesNoChildren() throws Exception {
    run(_ -> {
      var group = TaskGroup.open();
      group.join();
      group.close();
      group.close();
      assertThrows(IllegalStateException.class, () -> group.start(() -> trail.add("not reached")));
      Tulip.yield();
      trail.assertIs();
    });
  }

  @Test
  void onlyItsOwnerJoinsAndClosesAGroup() throws Exception {
    run(_ ->
        TaskGroup.run(group ->
            group.start(() -> {
              assertThrows(IllegalStateException.class, group::join);
              assertThrows(IllegalStateException.class, group::close);
            })));
  }

  @Test
  void aThousandChildrenAreJoined() throws Exception {
    run(_ -> {
      var count = new int[1];
      TaskGroup.run(group -> {
        for (int i = 0; i < 1000; i++) {
          group.start(() -> {
            Tulip.sleep(ofSeconds(1));
            count[0]++;
          });
        }
      });
      assertEquals(1000, count[0]);
    });
  }

  // Failing.

  @Test
  void aFailingChildCancelsItsSiblings() throws Exception {
    run(loop -> {
      var siblings = new ArrayList<Task<?>>();
      var thrown =
          assertThrows(
              ExceptionGroup.class,
              () ->
                  TaskGroup.run(group -> {
                    siblings.add(group.start(() -> after(60, "not reached")));
                    group.start(() -> failAfter(1, "expected"));
                  }));
      assertEquals(List.of("expected"), messages(thrown));
      assertTrue(siblings.getFirst().isCancelled());
      assertEquals(SECOND, loop.time());
      trail.assertIs();
    });
  }

  @Test
  void noFailureIsLost() throws Exception {
    run(_ -> {
      var thrown =
          assertThrows(
              ExceptionGroup.class,
              () ->
                  TaskGroup.run(group -> {
                    group.start(() -> failAfter(1, "first"));
                    group.start(() -> failAfter(1, "second"));
                    group.start(() -> failWhenCancelled("third"));
                  }));
      assertEquals(List.of("first", "second", "third"), messages(thrown));
      assertSame(thrown.exceptions().getFirst(), thrown.getCause());
      assertEquals(2, thrown.getSuppressed().length);
    });
  }

  static void failWhenCancelled(String message) throws IOException {
    try {
      Tulip.sleepForever();
    } finally {
      failNow(message);
    }
  }

  private static void failNow(String message) throws IOException {
    throw new IOException(message);
  }

  @Test
  void aFailingChildCutsTheBlock() throws Exception {
    run(loop -> {
      var thrown =
          assertThrows(
              ExceptionGroup.class,
              () ->
                  TaskGroup.run(group -> {
                    group.start(() -> failAfter(1, "expected"));
                    Tulip.sleep(ofMinutes(1));
                    trail.add("not reached");
                  }));
      assertEquals(List.of("expected"), messages(thrown));
      assertEquals(SECOND, loop.time());
      trail.assertIs();
    });
  }

  @Test
  void aBlockThatSwallowsTheFailureIsStillCut() throws Exception {
    run(_ -> {
      try (var group = TaskGroup.open()) {
        group.start(() -> failAfter(1, "expected"));
        assertThrows(ExceptionGroup.class, () -> Tulip.sleep(ofMinutes(1)));
        assertThrows(Cancelled.class, () -> Tulip.sleep(ofMinutes(1)));
      }
      Tulip.sleep(ofSeconds(1));
    });
  }

  @Test
  void anErrorOfAChildIsAFailureToo() throws Exception {
    run(_ -> {
      var error = new LinkageError("expected");
      var thrown =
          assertThrows(
              ExceptionGroup.class,
              () ->
                  TaskGroup.run(group ->
                      group.start(() -> {
                        throw error;
                      })));
      assertEquals(List.of(error), thrown.exceptions());
    });
  }

  @Test
  void aFailingBlockCancelsTheChildren() throws Exception {
    run(loop -> {
      var failure = new IOException("expected");
      var thrown =
          assertThrows(
              IOException.class,
              () ->
                  TaskGroup.run(group -> {
                    group.start(() -> after(60, "not reached"));
                    group.start(() -> failWhenCancelled("in clean-up"));
                    Tulip.sleep(ofSeconds(1));
                    throw failure;
                  }));
      assertSame(failure, thrown);
      assertEquals(1, thrown.getSuppressed().length);
      var suppressed = assertInstanceOf(ExceptionGroup.class, thrown.getSuppressed()[0]);
      assertEquals(List.of("in clean-up"), messages(suppressed));
      assertEquals(SECOND, loop.time());
      trail.assertIs();
    });
  }

  @Test
  void groupsNestAndSoDoTheirFailures() throws Exception {
    run(_ -> {
      var thrown =
          assertThrows(
              ExceptionGroup.class,
              () ->
                  TaskGroup.run(outer ->
                      outer.start(
                          () -> TaskGroup.run(inner -> inner.start(() -> failAfter(1, "deep"))))));
      var inner = assertInstanceOf(ExceptionGroup.class, thrown.exceptions().getFirst());
      assertEquals(List.of("deep"), messages(inner));
    });
  }

  @Test
  void theResultOfASiblingIsNotLost() throws Exception {
    run(_ -> {
      var done = new ArrayList<Task<String>>();
      assertThrows(
          ExceptionGroup.class,
          () ->
              TaskGroup.run(group -> {
                done.add(group.start(() -> after(1, "result")));
                group.start(() -> failAfter(2, "expected"));
              }));
      assertEquals("result", done.getFirst().result());
    });
  }

  // Cancelling.

  @Test
  void closingAGroupCancelsWhatStillRuns() throws Exception {
    run(loop -> {
      Task<String> child;
      try (var group = TaskGroup.open()) {
        child = group.start(() -> after(60, "not reached"));
        Tulip.sleep(ofSeconds(1));
      }
      assertTrue(child.isDone());
      assertThrows(CancellationException.class, child::result);
      assertEquals(SECOND, loop.time());
      trail.assertIs();
    });
  }

  @Test
  void cancellingAGroupCancelsItsChildrenAndLetsItJoin() throws Exception {
    run(loop -> {
      TaskGroup.run(group -> {
        group.start(() -> after(60, "not reached"));
        loop.callLater(ofSeconds(1), group::cancel);
        group.join();
        trail.add("joined");
      });
      trail.assertIs("joined");
      assertEquals(SECOND, loop.time());
      Tulip.yield();
    });
  }

  @Test
  void aCancelledGroupIsLeftQuietly() throws Exception {
    run(loop -> {
      TaskGroup.run(group -> {
        group.start(() -> after(60, "not reached"));
        loop.callLater(ofSeconds(1), group::cancel);
        Tulip.sleep(ofMinutes(1));
        trail.add("not reached either");
      });
      trail.assertIs();
      assertEquals(SECOND, loop.time());
      Tulip.yield();
    });
  }

  @Test
  void aCancelledChildIsNoFailure() throws Exception {
    run(_ ->
        TaskGroup.run(group -> {
          var child = group.start(() -> after(60, "not reached"));
          group.start(() -> after(1, "sibling"));
          Tulip.yield();
          child.cancel();
          group.join();
          assertTrue(child.isCancelled());
          trail.assertIs("sibling");
        }));
  }

  @Test
  void cancellingTheOwnerCancelsTheChildren() throws Exception {
    run(loop -> {
      var owner =
          loop.createTask(() ->
              TaskGroup.run(group ->
                  group.start(() -> {
                    try {
                      Tulip.sleepForever();
                    } finally {
                      trail.add("child cleaned up");
                    }
                  })));
      Tulip.sleep(ofSeconds(1));
      owner.cancel();
      owner.awaitDone();
      assertTrue(owner.isCancelled());
      trail.assertIs("child cleaned up");
    });
  }

  @Test
  void aFailureInCleanUpIsNotLostToARequest() throws Exception {
    run(loop -> {
      var owner =
          loop.createTask(() -> {
            var thrown =
                assertThrows(
                    ExceptionGroup.class,
                    () ->
                        TaskGroup.run(
                            group -> group.start(() -> failWhenCancelled("in clean-up"))));
            assertEquals(List.of("in clean-up"), messages(thrown));
            Tulip.yield();
            trail.add("not reached");
          });
      Tulip.sleep(ofSeconds(1));
      owner.cancel();
      owner.awaitDone();
      assertTrue(owner.isCancelled());
      trail.assertIs();
    });
  }

  @Test
  void aLimitCutsAGroupAndItsChildren() throws Exception {
    run(loop -> {
      assertThrows(
          TimeoutException.class,
          () ->
              Tulip.timeout(
                  ofSeconds(1),
                  () -> TaskGroup.run(group -> group.start(() -> after(60, "not reached")))));
      assertEquals(SECOND, loop.time());
      trail.assertIs();
    });
  }

  @Test
  void aShieldedGroupFinishesInACancelledScope() throws Exception {
    run(_ -> {
      var outer = new Scope().timeout(ofSeconds(1));
      outer.run(() -> {
        try (var group = TaskGroup.open()) {
          group.scope().shield(true);
          group.start(() -> after(2, "finished"));
          group.join();
          trail.add("joined");
        }
        Tulip.yield();
        trail.add("not reached");
      });
      trail.assertIs("finished", "joined");
      assertTrue(outer.wasCancelled());
    });
  }

  @Test
  void aShieldedGroupFinishesBeforeARequestCancelsItsOwner() throws Exception {
    run(_ -> {
      var owner =
          Tulip.createTask(() ->
              TaskGroup.run(group -> {
                group.scope().shield(true);
                group.start(() -> after(2, "finished"));
              }));
      Tulip.sleep(ofSeconds(1));
      owner.cancel();
      owner.awaitDone();
      trail.assertIs("finished");
    });
  }

  @Test
  void childrenAreInTheScopeOfTheGroup() throws Exception {
    run(_ -> {
      var thrown = new ArrayList<Scope>();
      TaskGroup.run(group -> {
        group.start(() -> {
          var cancelled = assertThrows(Cancelled.class, Tulip::sleepForever);
          thrown.add(cancelled.scope());
        });
        group.scope().timeout(ofSeconds(1));
        group.join();
        assertSame(group.scope(), thrown.getFirst());
      });
    });
  }

  @Test
  void twoNestedGroupsMayFailInOneTurn() throws Exception {
    run(_ -> {
      var outerFailure =
          assertThrows(
              ExceptionGroup.class,
              () ->
                  TaskGroup.run(outer -> {
                    var innerFailure =
                        assertThrows(
                            ExceptionGroup.class,
                            () ->
                                TaskGroup.run(inner -> {
                                  inner.start(() -> failAfter(1, "inner"));
                                  outer.start(() -> failAfter(1, "outer"));
                                }));
                    trail.add(messages(innerFailure));
                    Tulip.yield();
                    trail.add("not reached");
                  }));
      trail.assertIs("[inner]");
      assertEquals(List.of("outer"), messages(outerFailure));
      Tulip.yield();
    });
  }

  @Test
  void aFailureLosesNoRequestThatComesInTheSameTurn() throws Exception {
    run(loop -> {
      var owner =
          loop.createTask(() -> {
            assertThrows(
                ExceptionGroup.class,
                () -> TaskGroup.run(group -> group.start(() -> failAfter(1, "child"))));
            assertEquals(1, Task.current().cancelling());
            trail.add("failure");
            Tulip.yield();
            trail.add("not reached");
          });
      Tulip.yield();
      loop.callLater(ofSeconds(1), owner::cancel);
      owner.awaitDone();
      assertTrue(owner.isCancelled());
      trail.assertIs("failure");
    });
  }

  @Test
  void aFailureLeavesNoRequestBehind() throws Exception {
    run(_ -> {
      assertThrows(
          ExceptionGroup.class,
          () ->
              TaskGroup.run(group -> {
                group.start(() -> failAfter(1, "child"));
                Tulip.sleepForever();
              }));
      assertEquals(0, Task.current().cancelling());
    });
  }

  @Test
  void groupsAreLeftInTheReverseOrderOfTheirEntry() throws Exception {
    run(_ -> {
      var outer = TaskGroup.open();
      var inner = TaskGroup.open();
      assertThrows(IllegalStateException.class, outer::close);
      inner.close();
      outer.close();
      Tulip.yield();
    });
  }
}
