// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import tulip.core.EventLoop;
import tulip.core.Future;
import tulip.core.Tulip;

/// Futures of the JDK's and futures of the loop, joined both ways.
abstract class StagePack extends FuturePack {
  // The JDK's futures.

  @Test
  void aResultGoesOutToTheJdksFuture() throws Exception {
    run(loop -> {
      var future = loop.<String>createFuture();
      var outer = future.toCompletableFuture();
      loop.callSoon(() -> future.setResult("result"));
      assertEquals("result", Tulip.blocking(() -> outer.get()));
    });
  }

  @Test
  void aFailureGoesOutToTheJdksFuture() throws Exception {
    run(loop -> {
      var future = loop.<String>createFuture();
      var outer = future.toCompletableFuture();
      var failure = new IOException("expected");
      loop.callSoon(() -> future.setException(failure));
      var thrown = assertThrows(ExecutionException.class, () -> Tulip.blocking(() -> outer.get()));
      assertSame(failure, thrown.getCause());
    });
  }

  @Test
  void cancellationGoesBothWaysBetweenAFutureAndItsOuterOne() throws Exception {
    run(loop -> {
      var first = loop.createFuture();
      var firstOuter = first.toCompletableFuture();
      first.cancel();
      Tulip.yield();
      assertTrue(firstOuter.isCancelled());
      var second = loop.createFuture();
      second.toCompletableFuture().cancel(true);
      second.awaitDone();
      assertTrue(second.isCancelled());
    });
  }

  @Test
  void dependantsOfTheOuterFutureRunOnTheLoopAndNotInline() throws Exception {
    run(loop -> {
      var future = loop.<String>createFuture();
      var dependant = future.toCompletableFuture().thenAccept(_ -> trail.add(loop.inLoop()));
      future.setResult("result");
      trail.assertIs();
      Tulip.await(dependant);
      trail.assertIs(true);
    });
  }

  @Test
  void aStageOfTheJdkCanBeAwaited() throws Exception {
    run(_ -> {
      var stage = new CompletableFuture<String>();
      thread(() -> stage.complete("result"));
      assertEquals("result", Tulip.await(stage));
      assertEquals("done", Tulip.await(CompletableFuture.completedFuture("done")));
    });
  }

  @Test
  void theFailureOfAStageIsUnwrapped() throws Exception {
    run(loop -> {
      var failure = new IllegalStateException("expected");
      var direct = CompletableFuture.<String>failedFuture(failure);
      assertSame(failure, assertThrows(IllegalStateException.class, () -> Tulip.await(direct)));
      var derived = direct.thenApply(text -> text);
      assertSame(failure, assertThrows(IllegalStateException.class, () -> Tulip.await(derived)));
      var wrapped = loop.wrap(derived);
      wrapped.awaitDone();
      assertSame(failure, wrapped.exception());
    });
  }

  @Test
  void cancellingAWrappedStageCancelsTheStage() throws Exception {
    run(loop -> {
      var stage = new CompletableFuture<String>();
      loop.wrap(stage).cancel();
      Tulip.yield();
      assertTrue(stage.isCancelled());
    });
  }

  @Test
  void cancellingAStageCancelsWhatWrapsIt() throws Exception {
    run(loop -> {
      var stage = new CompletableFuture<String>();
      var future = loop.wrap(stage);
      stage.cancel(true);
      future.awaitDone();
      assertTrue(future.isCancelled());
    });
  }

  @Test
  void cancellingWhoAwaitsAStageLeavesTheStageAlone() throws Exception {
    run(loop -> {
      var stage = new CompletableFuture<String>();
      var task = loop.createTask(() -> Tulip.await(stage));
      Tulip.yield();
      task.cancel();
      task.awaitDone();
      Tulip.yield();
      assertFalse(stage.isDone());
    });
  }

  @Test
  void aStageThatIsCompleteIsNotSeenInline() throws Exception {
    run(loop -> {
      var future = loop.wrap(CompletableFuture.completedFuture("result"));
      assertFalse(future.isDone());
      assertEquals("result", future.await());
    });
  }

  @Test
  void aChainAcrossTwoKindsOfFutureKeepsItsOrder() throws Exception {
    run(loop -> {
      var future = loop.<Integer>createFuture();
      var back = loop.wrap(future.toCompletableFuture().thenApply(n -> n + 1));
      chain(loop, back);
      future.setResult(1);
      assertEquals(2, back.await());
      Tulip.yield();
      trail.assertIs("got 2");
    });
  }

  private void chain(EventLoop loop, Future<Integer> future) {
    future.addDoneCallback(done -> loop.callSoon(trail.mark("got " + done.result())));
  }
}
