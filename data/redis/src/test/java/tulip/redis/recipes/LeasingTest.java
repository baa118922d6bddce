// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import tulip.core.EventLoop;
import tulip.core.LoopOptions.Engine;
import tulip.core.Tulip;
import tulip.redis.RedisCommands;
import tulip.redis.protocol.Reply;
import tulip.testing.Tasks;
import tulip.testing.TulipTest;

/// How a lease is kept and lost, in virtual time, with a server that says what a test wants.
@TulipTest(engine = {Engine.CARRIER, Engine.BATON})
class LeasingTest {
  private static final Reply YES = new Reply.Int(1);
  private static final Reply NO = new Reply.Int(0);
  private static final Reply GRANTED = new Reply.Array(List.of(new Reply.Int(7), NO));
  private static final Reply REFUSED = new Reply.Array(List.of(NO, new Reply.Int(5_000)));

  /// What the server says to one question after the other: a reply, a failure, or silence.
  private final Queue<Object> answers = new ArrayDeque<>();

  private final List<Long> asked = new ArrayList<>();
  private long begin;
  private final RedisCommands server = _ -> answer();
  private final RedisLock lock = new RedisLock(server, "l");

  @BeforeEach
  void begin() {
    begin = EventLoop.current().time();
  }

  private Reply answer() throws IOException {
    asked.add((EventLoop.current().time() - begin) / 1_000_000_000);
    return switch (answers.poll()) {
      case Reply reply -> reply;
      case IOException e -> throw e;
      case null, default -> {
        Tulip.sleepForever();
        throw new AssertionError();
      }
    };
  }

  private void answer(Object... next) {
    answers.addAll(List.of(next));
  }

  @TulipTest
  void itIsRenewedWhileTheBlockRuns() throws IOException {
    answer(GRANTED, YES, YES, YES, YES);
    var result =
        lock.use(hold -> {
          assertEquals(7, hold.fence());
          assertEquals(ofSeconds(30), hold.remaining());
          Tulip.sleep(ofSeconds(35));
          assertFalse(hold.isLost());
          assertEquals(ofSeconds(25), hold.remaining());
          return "done";
        });
    assertEquals("done", result);
    assertEquals(List.of(0L, 10L, 20L, 30L, 35L), asked);
  }

  @TulipTest
  void aLeaseThatIsGoneCancelsItsHolder() {
    answer(GRANTED, YES, NO, NO);
    var seen = new ArrayList<Object>();
    var e = assertThrows(LockLostException.class, () -> lock.run(hold -> sleepForever(hold, seen)));
    assertTrue(String.valueOf(e.getMessage()).contains("lock l was lost"), e::toString);
    assertEquals(List.of(true), seen);
    assertEquals(List.of(0L, 10L, 20L, 20L), asked);
  }

  private static void sleepForever(Hold hold, List<Object> seen) {
    try {
      Tulip.sleepForever();
      throw new AssertionError();
    } finally {
      seen.add(hold.isLost());
    }
  }

  @TulipTest
  void aServerThatIsAwayForLessThanTheLeaseDoesNoHarm() throws IOException {
    answer(GRANTED, new IOException("away"), YES, YES);
    lock.run(hold -> {
      Tulip.sleep(ofSeconds(25));
      assertEquals(ofSeconds(25), hold.remaining());
    });
    assertEquals(List.of(0L, 10L, 20L, 25L), asked);
  }

  @TulipTest
  void aServerThatIsAwayForLongerEndsTheLeaseInTime() {
    var away = new IOException("away");
    answer(GRANTED, away, away, "silence", YES);
    assertThrows(
        LockLostException.class, () -> lock.run(hold -> sleepForever(hold, new ArrayList<>())));
    assertEquals(30, (EventLoop.current().time() - begin) / 1_000_000_000);
  }

  @TulipTest
  void aHolderThatStoodStillIsTold() {
    answer(GRANTED, YES, YES, YES, YES, YES, YES);
    var e =
        assertThrows(
            LockLostException.class,
            () ->
                lock.run(hold -> {
                  Tulip.shield(() -> {
                    answers.clear(); // the server falls silent
                    Tulip.sleep(ofSeconds(60));
                    answer(YES);
                  });
                }));
    assertInstanceOf(LockLostException.class, e);
  }

  @TulipTest
  void whoWaitsAsksAgainAndKnowsItsOwnName() throws IOException {
    answer(REFUSED, REFUSED, GRANTED, YES);
    lock.run(_ -> {});
    assertEquals(4, asked.size());
    answer(REFUSED);
    assertFalse(lock.tryRun(_ -> fail("run without the lock")));
    answer(GRANTED, YES);
    assertTrue(lock.tryRun(_ -> {}));
  }

  @TulipTest
  void whatMayHaveBeenGrantedIsGivenBack() {
    answer(new IOException("lost"), YES);
    var e = assertThrows(IOException.class, () -> lock.run(_ -> {}));
    assertEquals("lost", e.getMessage());
    assertEquals(2, asked.size());
    answer(new IOException("lost"), new IOException("still"));
    var both = assertThrows(IOException.class, () -> lock.run(_ -> {}));
    assertEquals("still", both.getSuppressed()[0].getMessage());
  }

  @TulipTest
  void aHolderThatIsCancelledGivesItBack() {
    answer(GRANTED, YES);
    var task =
        EventLoop.current()
            .createTask(() -> lock.run(hold -> sleepForever(hold, new ArrayList<>())));
    Tasks.awaitAllBlocked();
    task.cancel();
    Tasks.awaitAllBlocked();
    assertTrue(task.isCancelled());
    assertEquals(2, asked.size());
  }

  @TulipTest
  void whoIsCancelledWhileAskingGivesBackWhatItMayHaveGot() throws IOException {
    answer("silence", YES);
    assertFalse(Tulip.moveOnAfter(ofMillis(100), () -> lock.run(_ -> {})));
    assertEquals(2, asked.size());
  }

  @TulipTest
  void aFailureOfTheBlockPasses() {
    answer(GRANTED, YES);
    var failure = new IllegalStateException("block");
    var thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                lock.run(_ -> {
                  throw failure;
                }));
    assertEquals(failure, thrown);
    assertEquals(2, asked.size());
  }
}
