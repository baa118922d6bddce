// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tulip.core.LoopOptions;
import tulip.core.Tulip;
import tulip.it.engine.ForeignWait.SocketPair;

/// The JDK's threads that poll sockets inherit the scheduler of whoever makes the JVM's first
/// blocking socket call: they must not live on a loop that may be busy, or closed.
class PollersTest {
  private static final long DATA_AFTER_MILLIS = 100;
  private static final long BUSY_MILLIS = 1_500;
  private static final long LIMIT_MILLIS = 1_000;

  @OnEachEngine
  void otherSocketsDoNotWaitForALoop(LoopOptions options) throws Exception {
    var first = SocketPair.open();
    var bystander = SocketPair.open();
    var reader = new CompletableFuture<Thread>();
    var busy = new CountDownLatch(1);
    var loop =
        Thread.ofPlatform()
            .start(() ->
                Tulip.run(
                    options,
                    () -> {
                      reader.complete(Thread.currentThread());
                      int answer = firstBlockingReadOfThisJvm(first);
                      busy.countDown();
                      Patience.burn(BUSY_MILLIS);
                      assertEquals(1, answer);
                    }));
    Patience.until(() -> reader.join().getState() != Thread.State.RUNNABLE);
    first.other().getOutputStream().write(1);
    Patience.await(busy);
    assertReadsInTime(bystander, "while a loop is busy");
    Patience.join(loop);
    assertReadsInTime(bystander, "after a loop was closed");
  }

  private static int firstBlockingReadOfThisJvm(SocketPair pair) {
    try {
      return pair.one().getInputStream().read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertReadsInTime(SocketPair pair, String when) throws Exception {
    var millis = new CompletableFuture<Long>();
    long begin = System.nanoTime();
    Thread.ofVirtual()
        .start(() -> {
          try {
            pair.one().getInputStream().read();
            millis.complete(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
          } catch (IOException e) {
            millis.completeExceptionally(e);
          }
        });
    Thread.sleep(DATA_AFTER_MILLIS);
    pair.other().getOutputStream().write(1);
    long took = millis.get(20, TimeUnit.SECONDS);
    assertTrue(took < LIMIT_MILLIS, () -> "a read took " + took + " ms " + when);
  }
}
