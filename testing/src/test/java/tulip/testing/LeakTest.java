// SPDX-License-Identifier: Apache-2.0
package tulip.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.Scope;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.queue.Channel;
import tulip.core.threads.ToThread;
import tulip.testing.TulipTest.Leak;

/// A test that passes but leaves something behind fails, and says what and from where.
class LeakTest {
  private static final CountDownLatch RELEASE = new CountDownLatch(1);

  /// The engine in the display name is the test's name here: each sample class has one test.
  private static void assertOnBoth(Class<?> sample, String... parts) {
    var ran = Ran.of(sample);
    assertEquals(List.of("baton", "carrier"), ran.failed());
    for (var engine : ran.failed()) {
      var message = ran.message(engine);
      assertTrue(message.startsWith("the test has left behind:\n"), message);
      for (var part : parts) {
        assertTrue(message.contains(part), message);
      }
    }
  }

  private static void assertPasses(Class<?> sample) {
    var ran = Ran.of(sample);
    assertEquals(List.of(), ran.failed(), () -> ran.failure(ran.failed().getFirst()).toString());
    assertFalse(ran.names().isEmpty());
  }

  private static String where(Class<?> sample, String method) {
    return "at " + sample.getName() + "." + method + "(LeakTest.java:";
  }

  @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
  static class LeftTask {
    @TulipTest
    void leaves(EventLoop loop) {
      loop.createTask(
          "beacon",
          () -> {
            Tulip.sleepForever();
            return null;
          });
    }
  }

  @Test
  void aTaskIsNamedWithWhatItWaitsForAndWhereItWasStarted() {
    assertOnBoth(
        LeftTask.class,
        "- task beacon, which waits for ",
        ", started " + where(LeftTask.class, "leaves"));
    var trace = Ran.of(LeftTask.class).failure("baton").getSuppressed()[0];
    assertEquals("task beacon was started here", trace.getMessage());
    assertEquals("leaves", trace.getStackTrace()[0].getMethodName());
  }

  static class EndingTask {
    @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
    void isAboutToEnd(EventLoop loop) {
      var task =
          loop.createTask(() -> {
            try {
              Tulip.sleepForever();
            } finally {
              Tulip.shield(() -> Tulip.yield());
            }
            return null;
          });
      Tulip.yield();
      task.cancel();
    }
  }

  @Test
  void aTaskThatNeedsOnlyTurnsToEndIsNotLeft() {
    assertPasses(EndingTask.class);
  }

  static class LeftGroup {
    @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
    @SuppressWarnings("MustBeClosed")
    void opens() {
      TaskGroup.open()
          .start(
              "child",
              () -> {
                Tulip.sleepForever();
                return null;
              });
    }
  }

  @Test
  void aGroupThatWasNotClosedIsNamedWithItsTasks() {
    assertOnBoth(LeftGroup.class, "- task child", "- a scope or task group that was entered");
  }

  static class LeftChannel {
    @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
    void opens() {
      var channel = Channel.<Integer>open(3);
      channel.sender().trySend(1);
    }
  }

  @Test
  void aChannelIsNamedWithWhereItWasOpened() {
    assertOnBoth(
        LeftChannel.class, "- channel with 1/3, opened " + where(LeftChannel.class, "opens"));
  }

  static class ClosedChannels {
    @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
    void closesOneSide() {
      var first = Channel.<Integer>open(3);
      var twin = first.sender().clone();
      first.sender().close();
      twin.close();
      Channel.open(0).receiver().close();
    }
  }

  @Test
  void aChannelWithOneSideClosedIsNotLeft() {
    assertPasses(ClosedChannels.class);
  }

  static class LeftThread {
    @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
    void starts() {
      Thread.ofPlatform()
          .daemon()
          .name("straggler")
          .start(() -> {
            try {
              RELEASE.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
  }

  @Test
  void aThreadIsNamedWithWhereItIs() {
    try {
      assertOnBoth(LeftThread.class, "- thread \"straggler\", which runs still at ");
      var ran =
          Ran.of(LeftThread.class, Map.of("junit.jupiter.execution.parallel.enabled", "true"));
      assertEquals(List.of(), ran.failed(), "nobody can tell whose a thread is");
    } finally {
      RELEASE.countDown();
    }
  }

  static class SharedThreads {
    @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
    void uses() {
      Tulip.await(CompletableFuture.runAsync(() -> {}));
      Tulip.blocking(() -> {});
      ToThread.run(() -> {});
    }
  }

  @Test
  void threadsOfTheJdkAndOfTheLoopAreNotLeft() {
    assertPasses(SharedThreads.class);
  }

  static class Unread {
    @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
    void startsAndForgets(EventLoop loop) {
      loop.createTask(() -> {
        throw new IllegalStateException("unread");
      });
      loop.callSoon(() -> {
        throw new IllegalStateException("in a callback");
      });
    }
  }

  @Test
  void errorsThatCameToNobodysNoticeAreNamed() {
    assertOnBoth(
        Unread.class,
        "was never read: java.lang.IllegalStateException: unread",
        "java.lang.IllegalStateException: in a callback");
    var traces = Ran.of(Unread.class).failure("carrier").getSuppressed();
    assertTrue(Arrays.stream(traces).anyMatch(trace -> "unread".equals(trace.getMessage())));
  }

  static class OwnHandler {
    @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
    void takesErrors(EventLoop loop) {
      var trail = new Trail();
      loop.setExceptionHandler(error -> trail.add(error.message()));
      loop.callSoon(() -> {
        throw new IllegalStateException("expected");
      });
      Tasks.awaitAllBlocked();
      assertEquals(1, trail.size());
    }
  }

  @Test
  void errorsThatTheTestTakesAreItsOwn() {
    assertPasses(OwnHandler.class);
  }

  static class DeadThread {
    @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
    void starts() throws InterruptedException {
      Thread.ofPlatform()
          .name("doomed")
          .start(() -> {
            throw new AssertionError("nobody sees this");
          });
    }
  }

  @Test
  void whatAThreadDiedOfIsNamed() {
    assertOnBoth(
        DeadThread.class,
        "- an error that nobody caught in thread \"doomed\": java.lang.AssertionError: nobody sees");
  }

  static class Fails {
    @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
    void failsAndLeaves() {
      var _ = Channel.<Integer>open(3);
      throw new IllegalArgumentException("its own failure");
    }

    @AfterEach
    void cleansUp() {
      Tulip.sleep(Duration.ofSeconds(1));
    }
  }

  @Test
  void aFailingTestKeepsItsFailureAndShowsTheLeaksAsSuppressed() {
    var ran = Ran.of(Fails.class);
    for (var engine : List.of("baton", "carrier")) {
      assertEquals("its own failure", ran.message(engine));
      var leaks = ran.failure(engine).getSuppressed()[0];
      assertTrue(String.valueOf(leaks.getMessage()).contains("channel with 0/3"), leaks::toString);
    }
  }

  @TulipTest(allow = Leak.RESOURCE)
  static class Allowed {
    @TulipTest(
        allow = Leak.TASK,
        engine = {Engine.CARRIER, Engine.BATON})
    void leavesAll(EventLoop loop) {
      var channel = Channel.<Integer>open(3);
      loop.createTask(() -> channel.receiver().receive());
      new Scope();
    }
  }

  @Test
  void aTestMayLeaveWhatItIsAllowed() {
    assertPasses(Allowed.class);
  }

  static class Stubborn {
    @TulipTest(engine = {Engine.CARRIER, Engine.BATON})
    void leavesTasksThatCleanUpAtLeisure(EventLoop loop) {
      loop.createTask(
          "stubborn",
          () -> {
            try {
              Tulip.sleepForever();
            } finally {
              Tulip.shield(() -> Tulip.sleep(Duration.ofSeconds(1)));
              loop.callExceptionHandler(new tulip.core.ErrorContext("cleaned up", null, null));
            }
            return null;
          });
      Tulip.yield();
    }
  }

  @Test
  void whatIsLeftIsEndedInOrder() {
    assertOnBoth(Stubborn.class, "- task stubborn", "- an error: cleaned up");
  }
}
