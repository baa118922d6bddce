// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tulip.core.LoopOptions.Engine.CARRIER;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tulip.core.Cancelled;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.core.spi.Poller;

/// Interrupts come from outside: of a task they are a request to end, of the loop's thread they are
/// nothing, of who waits for the loop they are a request to end it.
class InterruptTest {
  @OnEachEngine
  void interruptingATaskIsARequestToEndIt(LoopOptions options) {
    Tulip.run(
        options,
        () -> {
          Task<String> task =
              Tulip.createTask(() -> {
                var cancelled = assertThrows(Cancelled.class, Tulip::sleepForever);
                assertFalse(Thread.currentThread().isInterrupted());
                assertEquals(1, Task.current().cancelling());
                Tulip.yield(); // a request comes once
                return cancelled.reason();
              });
          Tulip.yield();
          Tulip.blocking(() -> task.thread().interrupt());
          assertEquals("its thread was interrupted", task.await());
        });
  }

  /// While it runs, too: the next wait throws.
  @OnEachEngine
  void interruptingATaskThatRunsEndsItsNextWait(LoopOptions options) {
    Tulip.run(
        options,
        () -> {
          Thread.currentThread().interrupt();
          assertThrows(Cancelled.class, () -> Tulip.sleep(Duration.ofSeconds(30)));
          Thread.currentThread().interrupt();
          assertThrows(Cancelled.class, Tulip::sleepForever);
          Tulip.yield();
        });
  }

  /// The JDK closes a channel whose blocking reader is interrupted: one more reason to wait here.
  @OnEachEngine
  void aChannelSurvivesTheInterruptOfTheTaskThatWaitsForIt(LoopOptions options) throws Exception {
    try (var server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (var channel = SocketChannel.open(server.getLocalAddress());
          var peer = server.accept()) {
        channel.configureBlocking(false);
        Tulip.run(options, () -> readTwice(channel, peer));
        assertTrue(channel.isOpen());
      }
    }
  }

  private static void readTwice(SocketChannel channel, SocketChannel peer) throws IOException {
    Task<Integer> reader = Tulip.createTask(() -> read(channel));
    Tulip.yield();
    Tulip.blocking(() -> reader.thread().interrupt());
    reader.awaitDone();
    assertTrue(reader.isCancelled());
    Thread.currentThread().interrupt(); // reading without waiting does not mind
    assertEquals(0, channel.read(ByteBuffer.allocate(1)));
    assertTrue(Thread.interrupted());
    peer.write(ByteBuffer.wrap(new byte[1]));
    assertEquals(1, read(channel));
  }

  private static int read(SocketChannel channel) throws IOException {
    awaitReadable(channel);
    return channel.read(ByteBuffer.allocate(1));
  }

  private static void awaitReadable(SelectableChannel channel) throws IOException {
    var loop = EventLoop.current();
    var readable = loop.<String>createFuture();
    loop.addReader(
        channel,
        () -> {
          if (!readable.isDone()) {
            readable.setResult("readable");
          }
        });
    try {
      readable.await();
    } finally {
      loop.removeReader(channel);
    }
  }

  /// It sleeps on, without spinning, and runs what comes.
  @OnEachEngine
  void interruptingTheLoopsThreadDoesNotHurt(LoopOptions options) throws Exception {
    interruptWhileIdle(options, false);
    interruptWhileIdle(options, true);
  }

  private static void interruptWhileIdle(LoopOptions options, boolean selecting) throws Exception {
    var pipe = Pipe.open();
    pipe.source().configureBlocking(false);
    var awaits = new AtomicInteger();
    var loop = new CompletableFuture<EventLoop>();
    var flag = new CompletableFuture<Boolean>();
    var counting = options.withPoller(() -> new CountingPoller(options.poller().get(), awaits));
    var thread =
        Thread.ofPlatform()
            .start(() -> {
              try (var made = EventLoop.create(counting)) {
                if (selecting) {
                  made.addReader(pipe.source(), () -> {});
                }
                loop.complete(made);
                made.runForever();
                flag.complete(Thread.interrupted());
              } catch (IOException e) {
                flag.completeExceptionally(e);
              }
            });
    var running = loop.get(20, TimeUnit.SECONDS);
    assertEquals("answer", running.submit(() -> "answer").get(20, TimeUnit.SECONDS));
    int before = awaits.get();
    thread.interrupt();
    Thread.sleep(200);
    assertTrue(awaits.get() - before < 20, () -> "it spins: " + awaits);
    assertEquals("answer", running.submit(() -> "answer").get(20, TimeUnit.SECONDS));
    running.callSoonThreadSafe(running::stop);
    flag.get(20, TimeUnit.SECONDS);
    Patience.join(thread);
  }

  /// Counts how often the loop goes to sleep.
  private record CountingPoller(Poller poller, AtomicInteger awaits) implements Poller {
    @Override
    public Registration register(SelectableChannel channel, Watcher watcher) throws IOException {
      return poller.register(channel, watcher);
    }

    @Override
    public boolean hasChannels() {
      return poller.hasChannels();
    }

    @Override
    public void await(long nanos) {
      awaits.incrementAndGet();
      poller.await(nanos);
    }

    @Override
    public boolean dispatch() {
      return poller.dispatch();
    }

    @Override
    public void wakeup() {
      poller.wakeup();
    }

    @Override
    public void close() {
      poller.close();
    }
  }

  @OnEachEngine
  void interruptingWhoWaitsForTheRunCancelsMain(LoopOptions options) throws Exception {
    var started = new CountDownLatch(1);
    var ended = new CompletableFuture<String>();
    var caller =
        Thread.ofPlatform()
            .start(() -> {
              try {
                Tulip.run(
                    options,
                    () -> {
                      started.countDown();
                      Tulip.sleepForever();
                    });
              } catch (Cancelled e) {
                ended.complete(e.reason() + ", " + Thread.currentThread().isInterrupted());
              }
            });
    Patience.await(started);
    caller.interrupt();
    assertEquals(
        "the thread that waits for it was interrupted, true", ended.get(20, TimeUnit.SECONDS));
    Patience.join(caller);
  }

  /// Foreign waits keep the JDK's own meaning of an interrupt.
  @OnEachEngine
  void aForeignWaitIsInterruptedTheJdksWay(LoopOptions options) throws Exception {
    Tulip.run(
        options,
        () -> {
          Task<String> task =
              Tulip.createTask(() -> {
                assertThrows(InterruptedException.class, () -> Thread.sleep(60_000));
                Tulip.yield();
                return "not cancelled: it has dealt with it";
              });
          if (options.engine() == CARRIER) {
            Tulip.yield();
            assertTrue(task.isWaitingOutside());
          }
          var interrupter =
              Thread.ofPlatform()
                  .start(() -> {
                    Patience.until(() -> task.thread().getState() == Thread.State.TIMED_WAITING);
                    task.thread().interrupt();
                  });
          assertEquals("not cancelled: it has dealt with it", task.await());
          interrupter.join();
        });
  }
}
