// SPDX-License-Identifier: Apache-2.0
package tulip.it.traces;

import static java.time.Duration.ofSeconds;

import java.util.List;
import java.util.concurrent.TimeoutException;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.ExceptionGroup;
import tulip.core.TaskGroup;
import tulip.core.Tulip;

/// Task groups: who is waited for, who is cancelled, and what is thrown.
final class Groups extends Scenarios {
  /// What no `catch (Exception e)` catches.
  private static final class Fatal extends Error {
    private static final long serialVersionUID = 1;

    Fatal() {
      super("fatal");
    }
  }

  private void sleeper(String name, int seconds) {
    try {
      sleep(seconds);
      trace(name + " is done");
    } catch (Cancelled e) {
      trace(name + " is cancelled");
      throw e;
    }
  }

  private static void failAfter(int seconds, String message) {
    sleep(seconds);
    throw new Boom(message);
  }

  private static void failWhenCancelled(String message) {
    try {
      sleep(2);
    } catch (Cancelled e) {
      throw new Boom(message);
    }
  }

  @Scenario
  void aGroupWaitsForAllItsChildren() {
    TaskGroup.run(group -> {
      group.start(() -> sleeper("a", 2));
      group.start(() -> sleeper("b", 1));
      trace("the block ends");
    });
    trace("the group ends");
  }

  @Scenario
  void childrenStartInOrderAndNotInline() {
    TaskGroup.run(group -> {
      for (var name : List.of("a", "b", "c")) {
        group.start(() -> trace(name + " starts"));
      }
      trace("the block ends");
    });
  }

  @Scenario
  void anEmptyGroup() {
    EventLoop.current().callSoon(tracing("callback"));
    TaskGroup.run(_ -> trace("the block ends"));
    trace("the group ends");
    tick();
  }

  @Scenario
  void aFailingChildCancelsItsSibling() {
    try {
      TaskGroup.run(group -> {
        group.start(() -> sleeper("a", 2));
        group.start(() -> failAfter(1, "boom"));
      });
    } catch (ExceptionGroup e) {
      trace("caught " + failures(e));
    }
  }

  @Scenario
  void aFailingChildCutsTheBlock() {
    try {
      TaskGroup.run(group -> {
        group.start(() -> failAfter(1, "boom"));
        try {
          sleep(2);
          trace("never");
        } finally {
          trace("the block is cut");
        }
      });
    } catch (ExceptionGroup e) {
      trace("caught " + failures(e));
    }
    tick();
    trace("and no cancellation is left");
  }

  @Scenario
  void noFailureIsLost() {
    try {
      TaskGroup.run(group -> {
        group.start(() -> failAfter(1, "first"));
        group.start(() -> failAfter(1, "second"));
        group.start(() -> failWhenCancelled("in the clean-up"));
      });
    } catch (ExceptionGroup e) {
      trace("caught " + failures(e));
    }
  }

  @Scenario(
      difference =
          "asyncio wraps what the block throws into a group; in Tulip it comes out as it is",
      trace = {"a is cancelled", "caught boom"})
  void aFailingBlockCancelsTheChildren() {
    try {
      TaskGroup.run(group -> {
        group.start(() -> sleeper("a", 1));
        tick();
        throw new Boom("boom");
      });
    } catch (ExceptionGroup e) {
      trace("caught a group of " + failures(e));
    } catch (Boom e) {
      trace("caught " + e.getMessage());
    }
  }

  @Scenario(
      difference =
          "asyncio has both in one group; in Tulip the block's failure comes out as it is,"
              + " and the children's are suppressed in it",
      trace = {"caught the block with the child"})
  void aBlockThatFailsAndAChildThatFailsInItsCleanUp() {
    try {
      TaskGroup.run(group -> {
        group.start(() -> failWhenCancelled("the child"));
        tick();
        throw new Boom("the block");
      });
    } catch (Boom e) {
      trace(
          "caught " + e.getMessage() + " with " + failures((ExceptionGroup) e.getSuppressed()[0]));
    }
  }

  @Scenario
  void aGroupInsideAGroup() {
    try {
      TaskGroup.run(outer -> {
        outer.start(() ->
            TaskGroup.run(inner -> {
              inner.start(() -> failAfter(1, "inner"));
              inner.start(() -> sleeper("sibling", 2));
            }));
        outer.start(() -> sleeper("cousin", 3));
      });
    } catch (ExceptionGroup e) {
      trace("caught " + failures(e));
    }
  }

  @Scenario
  void cancellingTheOwnerCancelsTheChild() {
    var task =
        start(() ->
            TaskGroup.run(group -> {
              group.start(() -> sleeper("a", 1));
            }));
    settle();
    task.cancel();
    join(task);
    trace(outcome(task));
  }

  @Scenario(
      difference = "asyncio 3.11 loses the request; asyncio 3.13 and Tulip cancel the next wait",
      trace = {"caught boom", "cancelled"})
  void cancellingTheOwnerWhileAChildFailsInItsCleanUp() {
    var task =
        start(() -> {
          try {
            TaskGroup.run(group -> {
              group.start(() -> failWhenCancelled("boom"));
            });
          } catch (ExceptionGroup e) {
            trace("caught " + failures(e));
          }
          sleep(1);
          trace("never");
        });
    settle();
    task.cancel();
    join(task);
    trace(outcome(task));
  }

  @Scenario
  void aCancelledChildIsNoFailure() {
    TaskGroup.run(group -> {
      var child = group.start(() -> sleeper("a", 1));
      group.start(() -> sleeper("b", 2));
      tick();
      child.cancel();
      group.join();
      trace(outcome(child));
    });
  }

  @Scenario
  void aChildStartsASibling() {
    TaskGroup.run(group ->
        group.start(() -> {
          group.start(() -> sleeper("sibling", 1));
          trace("child is done");
        }));
    trace("the group ends");
  }

  @Scenario
  void aFinishedGroupTakesNoChildren() {
    var group = TaskGroup.open();
    group.close();
    try {
      group.start(() -> sleeper("late", 1));
    } catch (IllegalStateException e) {
      trace("refused");
    }
  }

  @Scenario
  void anErrorThatIsNoException() {
    try {
      TaskGroup.run(group -> {
        group.start(() -> sleeper("a", 1));
        group.start(() -> {
          tick();
          fatal();
        });
      });
    } catch (ExceptionGroup e) {
      trace("caught " + failures(e));
    }
  }

  private static void fatal() {
    throw new Fatal();
  }

  @Scenario
  void aLimitAroundAGroup() {
    try {
      Tulip.timeout(
          ofSeconds(2),
          () ->
              TaskGroup.run(group -> {
                group.start(() -> sleeper("a", 1));
                group.start(() -> sleeper("b", 3));
              }));
    } catch (TimeoutException e) {
      trace("too late");
    }
  }

  @Scenario(
      difference = "asyncio refuses the child; Tulip starts it, and cancels its first wait",
      trace = {"the late child is cancelled", "caught boom"})
  void aChildForAGroupThatGivesUp() {
    try {
      TaskGroup.run(group -> {
        group.start(() -> {
          try {
            sleep(2);
          } finally {
            group.start(() -> sleeper("the late child", 1));
          }
        });
        group.start(() -> failAfter(1, "boom"));
      });
    } catch (ExceptionGroup e) {
      trace("caught " + failures(e));
    }
  }
}
