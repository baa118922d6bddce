// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import tulip.core.Action;

/// A wait in code that is not Tulip's, and what ends it: from the thread that made it.
record ForeignWait(String name, Action<Exception> waiting, Action<Exception> waking) {
  static List<ForeignWait> all() throws Exception {
    return List.of(lock(), monitor(), notification(), park(), future(), queue(), socket());
  }

  @SuppressWarnings("LockNotBeforeTry") // the loop is closed between the two
  static ForeignWait lock() {
    var lock = new ReentrantLock();
    lock.lock();
    return new ForeignWait(
        "lock",
        () -> {
          lock.lock();
          lock.unlock();
        },
        lock::unlock);
  }

  static ForeignWait monitor() throws InterruptedException {
    var monitor = new Object();
    var release = new CountDownLatch(1);
    var held = new CountDownLatch(1);
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          synchronized (monitor) {
            held.countDown();
            awaitQuietly(release);
          }
        });
    held.await();
    return new ForeignWait(
        "monitor",
        () -> {
          synchronized (monitor) {
            LockSupport.unpark(null);
          }
        },
        release::countDown);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static ForeignWait notification() {
    var monitor = new Object();
    var done = new AtomicBoolean();
    return new ForeignWait(
        "notification",
        () -> {
          synchronized (monitor) {
            while (!done.get()) {
              monitor.wait();
            }
          }
        },
        () -> {
          synchronized (monitor) {
            done.set(true);
            monitor.notifyAll();
          }
        });
  }

  static ForeignWait park() {
    var thread = new CompletableFuture<Thread>();
    var done = new AtomicBoolean();
    return new ForeignWait(
        "park",
        () -> {
          thread.complete(Thread.currentThread());
          while (!done.get()) {
            LockSupport.park();
          }
        },
        () -> {
          done.set(true);
          LockSupport.unpark(thread.join());
        });
  }

  static ForeignWait future() {
    var future = new CompletableFuture<String>();
    return new ForeignWait("future", future::join, () -> future.complete("done"));
  }

  static ForeignWait queue() {
    var queue = new LinkedBlockingQueue<String>();
    return new ForeignWait("queue", queue::take, () -> queue.put("item"));
  }

  static ForeignWait socket() throws IOException {
    var pair = SocketPair.open();
    return new ForeignWait(
        "socket",
        () -> pair.one().getInputStream().read(),
        () -> pair.other().getOutputStream().write(1));
  }

  /// Two ends of a connection.
  record SocketPair(Socket one, Socket other) {
    static SocketPair open() throws IOException {
      try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        var one = new Socket(server.getInetAddress(), server.getLocalPort());
        return new SocketPair(one, server.accept());
      }
    }
  }
}
