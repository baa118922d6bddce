// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.testing.loop.Ends.read;
import static tulip.testing.loop.Ends.write;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tulip.core.EventLoop;
import tulip.core.Future;
import tulip.core.LoopClosedException;
import tulip.core.Tulip;

/// The sixteen cases of aiotest, the suite that the loops of asyncio's first years shared.
abstract class AiotestPack extends Kit {
  // Callbacks.

  @Test
  void callSoonMakesTheCallback() throws Exception {
    run(loop -> {
      loop.callSoon(trail.mark("called"));
      Tulip.yield();
      trail.assertIs("called");
    });
  }

  @Test
  void aCallbackOfACallbackIsDeferred() throws Exception {
    run(loop -> {
      loop.callSoon(() -> {
        loop.callSoon(trail.mark("inner"));
        trail.add("outer");
      });
      Tulip.yield();
      Tulip.yield();
      trail.assertIs("outer", "inner");
    });
  }

  @Test
  @Needs(Capability.RUN)
  void stopLetsTheCallbacksBehindItRun() {
    var loop = newLoop();
    loop.callSoon(trail.mark("before"));
    loop.callSoon(loop::stop);
    loop.callSoon(trail.mark("behind"));
    loop.runForever();
    trail.assertIs("before", "behind");
  }

  @Test
  @Needs(Capability.RUN)
  void aClosedLoopRefusesWhatItCannotDo() {
    var loop = newLoop();
    loop.close();
    Executable[] operations = {
      loop::runForever,
      () -> loop.runUntilComplete(() -> 1),
      () -> loop.callSoon(() -> {}),
      () -> loop.callLater(ofSeconds(1), () -> {}),
      () -> loop.callAt(1, () -> {}),
      () -> loop.callSoonThreadSafe(() -> {}),
      () -> loop.createTask(() -> 1),
      () -> loop.createFuture(),
      () -> loop.runInExecutor(null, () -> 1)
    };
    for (var operation : operations) {
      assertThrows(LoopClosedException.class, operation);
    }
  }

  // Readers and writers.

  @Test
  @Needs(Capability.CHANNELS)
  void readerAndWriterAreCalledAndCanBeRemoved() throws Exception {
    run(loop -> {
      var pair = pipe();
      loop.addWriter(
          pair.sink(),
          () -> {
            trail.add("write");
            assertTrue(loop.removeWriter(pair.sink()));
            write(pair.sink(), "x");
          });
      var read = loop.<String>createFuture();
      loop.addReader(
          pair.source(),
          () -> {
            trail.add("read");
            assertTrue(loop.removeReader(pair.source()));
            read.setResult(read(pair.source()));
          });
      assertEquals("x", read.await());
      trail.assertIs("write", "read");
    });
  }

  @Test
  @Needs(Capability.CHANNELS)
  void addingAReaderOrWriterAgainReplacesTheOldOne() throws Exception {
    run(loop -> {
      var pair = pipe();
      write(pair.sink(), "x");
      var done = loop.createFuture();
      var oldReader = loop.addReader(pair.source(), trail.mark("old reader"));
      var oldWriter = loop.addWriter(pair.sink(), trail.mark("old writer"));
      loop.addReader(pair.source(), () -> trail.add(loop.removeReader(pair.source())));
      loop.addWriter(
          pair.sink(),
          () -> {
            trail.add(loop.removeWriter(pair.sink()));
            done.cancel();
          });
      assertTrue(oldReader.isCancelled());
      assertTrue(oldWriter.isCancelled());
      done.awaitDone();
      trail.assertIs(true, true);
    });
  }

  @Test
  @Needs(Capability.CHANNELS)
  void removingAReaderOrWriterTwiceAnswersFalse() throws Exception {
    run(loop -> {
      var pair = pipe();
      loop.addReader(pair.source(), () -> {});
      loop.addWriter(pair.sink(), () -> {});
      assertTrue(loop.removeReader(pair.source()));
      assertFalse(loop.removeReader(pair.source()));
      assertTrue(loop.removeWriter(pair.sink()));
      assertFalse(loop.removeWriter(pair.sink()));
    });
  }

  // Timers.

  @Test
  void aPeriodicTimerKeepsItsSpacing() throws Exception {
    run(loop -> {
      var begin = loop.time();
      var tick =
          new Runnable() {
            @Override
            public void run() {
              trail.add((loop.time() - begin) / 1_000_000);
              if (trail.size() < 3) {
                loop.callLater(ofMillis(10), this);
              }
            }
          };
      loop.callLater(ofMillis(10), tick);
      Tulip.sleep(ofSeconds(1));
      trail.assertIs(10, 20, 30);
    });
  }

  @Test
  @Needs(Capability.RUN)
  void aTimerCanStopTheLoop() {
    var loop = newLoop();
    loop.callLater(
        ofMillis(10),
        () -> {
          trail.add("first");
          loop.callLater(
              ofMillis(10),
              () -> {
                trail.add("second");
                loop.stop();
              });
        });
    loop.runForever();
    trail.assertIs("first", "second");
  }

  // Tasks.

  @Test
  void aTaskSleeps() throws Exception {
    run(loop -> {
      long begin = loop.time();
      Tulip.sleep(ofMillis(250));
      assertEquals(250_000_000, loop.time() - begin);
    });
  }

  @Test
  void aTaskWaitsForAFutureInANestedCall() throws Exception {
    run(loop -> {
      var future = loop.<String>createFuture();
      loop.callLater(ofMillis(10), () -> future.setResult("result"));
      assertEquals("result, nested", nested(future));
    });
  }

  private static String nested(Future<String> future) {
    return future.await() + ", nested";
  }

  // Threads.

  @Test
  void theExecutorIsAnotherThread() throws Exception {
    run(loop -> {
      var here = Thread.currentThread();
      var there = loop.runInExecutor(null, Thread::currentThread).await();
      assertNotEquals(here, there);
      assertFalse(loop.runInExecutor(null, loop::inLoop).await());
    });
  }

  @Test
  void theExecutorCanBeUsedAgain() throws Exception {
    run(loop -> {
      assertEquals(1, loop.runInExecutor(null, () -> 1).await());
      assertEquals(2, loop.runInExecutor(null, () -> 2).await());
    });
  }

  @Test
  void aWorkerThreadHasNoLoop() throws Exception {
    run(loop -> {
      var job = loop.runInExecutor(null, EventLoop::current);
      assertThrows(IllegalStateException.class, job::await);
    });
  }

  @Test
  @Needs(Capability.RUN)
  void anotherThreadDrivesALoopByCallSoonThreadSafe() throws Exception {
    var loop = newLoop();
    var running = new CountDownLatch(1);
    var ran = new CompletableFuture<EventLoop>();
    var thread =
        thread(() -> {
          loop.callSoon(running::countDown);
          loop.runForever();
        });
    await(running);
    loop.callSoonThreadSafe(() -> ran.complete(EventLoop.current()));
    assertSame(loop, ran.get());
    loop.callSoonThreadSafe(loop::stop);
    thread.join();
  }

  // Network.

  @Test
  @Needs(Capability.CHANNELS)
  void aClientTalksToAnEchoServer() throws Exception {
    var server = closeLater(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    thread(() -> {
      try (var peer = server.accept()) {
        peer.getInputStream().transferTo(peer.getOutputStream());
      }
    });
    run(loop -> {
      var client = closeLater(SocketChannel.open());
      client.configureBlocking(false);
      connect(loop, client, server.getLocalPort());
      write(client, "ping");
      var answer = loop.<String>createFuture();
      loop.addReader(client, () -> answer.setResult(readAndRemove(loop, client)));
      assertEquals("ping", answer.await());
      client.close();
    });
  }

  private static void connect(EventLoop loop, SocketChannel client, int port) throws IOException {
    if (!client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      var connected = loop.<Boolean>createFuture();
      loop.addWriter(client, () -> connected.setResult(loop.removeWriter(client)));
      connected.await();
      assertTrue(client.finishConnect());
    }
  }

  private static String readAndRemove(EventLoop loop, SocketChannel client) {
    loop.removeReader(client);
    return read(client);
  }
}
