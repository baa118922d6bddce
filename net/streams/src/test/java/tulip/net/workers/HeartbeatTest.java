// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;

class HeartbeatTest {
  private final EventLoop loop =
      EventLoop.create(LoopOptions.DEFAULT.withEngine(LoopOptions.Engine.BATON));

  private final CompletableFuture<@Nullable Void> begun = new CompletableFuture<>();
  private final Heartbeat heart = new Heartbeat(loop, begun, 0);

  @Test
  void aLoopThatDoesNotBeginIsSilent() {
    assertEquals(Duration.ofNanos(7), heart.look(7));
    begun.complete(null);
    assertEquals(Duration.ZERO, heart.look(8));
    loop.close();
  }

  @Test
  void aLoopThatAnswersIsNeverSilent() {
    begun.complete(null);
    for (int now = 1; now < 10; now++) {
      assertEquals(Duration.ZERO, heart.look(now));
      loop.runOnce(Duration.ZERO);
    }
    loop.close();
  }

  @Test
  void silenceLastsFromTheFirstQuestionToTheAnswer() {
    begun.complete(null);
    heart.look(10);
    assertFalse(heart.sign().isDone());
    assertEquals(Duration.ofNanos(5), heart.look(15));
    assertEquals(Duration.ofNanos(9), heart.look(19));
    loop.runOnce(Duration.ZERO);
    assertTrue(heart.sign().isDone());
    assertEquals(Duration.ZERO, heart.look(20));
    loop.close();
  }

  @Test
  void aLoopThatIsClosedIsNotStuck() {
    begun.complete(null);
    loop.close();
    assertEquals(Duration.ZERO, heart.look(10));
    assertEquals(Duration.ZERO, heart.look(20));
  }
}
