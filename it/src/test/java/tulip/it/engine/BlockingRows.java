// SPDX-License-Identifier: Apache-2.0
package tulip.it.engine;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.invoke.MethodHandles;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import tulip.it.engine.ForeignWait.SocketPair;

/// Operations of the JDK that take a given time, and what they hold up meanwhile.
final class BlockingRows {
  /// An operation that takes so many milliseconds.
  @FunctionalInterface
  interface Operation {
    void run(long millis) throws Exception;
  }

  /// One row of the table.
  record Row(String name, boolean blocks, Operation operation) {}

  private final List<Row> rows = new ArrayList<>();

  private BlockingRows() {
    threads();
    streams();
    channels();
    processes();
    blocking();
  }

  static List<Row> all() {
    return new BlockingRows().rows;
  }

  private void suspends(String name, Operation operation) {
    rows.add(new Row(name, false, operation));
  }

  private void blocks(String name, Operation operation) {
    rows.add(new Row(name, true, operation));
  }

  /// Does something after a while, on a platform thread.
  private static void later(long millis, Runnable action) {
    platform()
        .execute(() -> {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
          action.run();
        });
  }

  private static Executor platform() {
    return runnable -> Thread.ofPlatform().daemon().start(runnable);
  }

  /// An action that can fail in ways that a test need not deal with.
  @FunctionalInterface
  private interface Risky {
    void run() throws Exception;
  }

  private static Runnable risky(Risky action) {
    return () -> {
      try {
        action.run();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    };
  }

  @SuppressWarnings("LockNotBeforeTry") // nothing can fail between the two
  private void threads() {
    suspends("`Thread.sleep`", Thread::sleep);
    suspends(
        "`LockSupport.parkNanos`",
        millis -> {
          long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
          for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
          }
        });
    suspends(
        "`Object.wait`",
        millis -> {
          var monitor = new Object();
          long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
          synchronized (monitor) {
            while (System.nanoTime() < end) {
              monitor.wait(millis);
            }
          }
        });
    suspends(
        "`synchronized` that another thread holds",
        millis -> {
          var monitor = ForeignWait.monitor();
          later(millis, risky(() -> monitor.waking().run()));
          monitor.waiting().run();
        });
    suspends(
        "`synchronized` around a sleep",
        millis -> {
          synchronized (new Object()) {
            Thread.sleep(millis);
          }
        });
    suspends(
        "`ReentrantLock.lock` that another thread holds",
        millis -> {
          var lock = new ReentrantLock();
          var held = new CountDownLatch(1);
          platform()
              .execute(() -> {
                lock.lock();
                held.countDown();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
                lock.unlock();
              });
          held.await();
          lock.lock();
          lock.unlock();
        });
    suspends(
        "`Semaphore.acquire`",
        millis -> {
          var semaphore = new Semaphore(0);
          later(millis, semaphore::release);
          semaphore.acquire();
        });
    suspends(
        "`BlockingQueue.take`",
        millis -> {
          var queue = new ArrayBlockingQueue<String>(1);
          later(millis, () -> queue.add("item"));
          queue.take();
        });
    suspends(
        "`CompletableFuture.join`, `get`",
        millis -> {
          var future = new CompletableFuture<String>();
          later(millis, () -> future.complete("done"));
          future.join();
        });
    suspends(
        "`ForkJoinTask.join` of a task that waits",
        millis -> ForkJoinPool.commonPool().submit(risky(() -> Thread.sleep(millis))).join());
    suspends(
        "`Thread.join`",
        millis -> Thread.ofPlatform().daemon().start(risky(() -> Thread.sleep(millis))).join());
  }

  private void streams() {
    suspends(
        "`Socket` connect",
        millis -> {
          try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = server.getLocalSocketAddress();
            while (true) { // until nobody is let in any more
              new Socket().connect(address, (int) millis);
            }
          } catch (SocketTimeoutException e) {
            // as it should be
          }
        });
    suspends(
        "`Socket` read",
        millis -> {
          var pair = SocketPair.open();
          later(millis, risky(() -> pair.other().getOutputStream().write(1)));
          pair.one().getInputStream().read();
        });
    suspends(
        "`Socket` read with a time limit",
        millis -> {
          var pair = SocketPair.open();
          pair.one().setSoTimeout((int) millis);
          try {
            pair.one().getInputStream().read();
          } catch (SocketTimeoutException e) {
            // as it should be
          }
        });
    suspends(
        "`Socket` write",
        millis -> {
          var pair = SocketPair.open();
          int size = 16 << 20;
          later(millis, risky(() -> pair.other().getInputStream().readNBytes(size)));
          pair.one().getOutputStream().write(new byte[size]);
        });
    suspends(
        "`ServerSocket.accept`",
        millis -> {
          try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            later(
                millis,
                risky(() -> new Socket(server.getInetAddress(), server.getLocalPort()).close()));
            server.accept().close();
          }
        });
    suspends(
        "`DatagramSocket.receive`",
        millis -> {
          try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var address = socket.getLocalSocketAddress();
            later(
                millis,
                risky(() -> {
                  try (var sender = new DatagramSocket()) {
                    sender.send(new DatagramPacket(new byte[1], 1, address));
                  }
                }));
            socket.receive(new DatagramPacket(new byte[1], 1));
          }
        });
    suspends(
        "`PipedInputStream.read`",
        millis -> {
          var in = new PipedInputStream();
          var out = new PipedOutputStream(in);
          later(
              millis,
              risky(() -> {
                out.write(1);
                out.flush();
              }));
          in.read();
        });
  }

  private void channels() {
    suspends(
        "`SocketChannel` read",
        millis -> {
          try (var server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            readFrom(server, millis);
          }
        });
    suspends(
        "`SocketChannel` read, Unix socket",
        millis -> {
          Path path = Files.createTempDirectory("tulip").resolve("socket");
          try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            readFrom(server, millis);
          } finally {
            Files.delete(path);
            Files.delete(path.getParent());
          }
        });
    suspends(
        "`ServerSocketChannel.accept`",
        millis -> {
          try (var server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var address = server.getLocalAddress();
            later(millis, risky(() -> SocketChannel.open(address).close()));
            server.accept().close();
          }
        });
    suspends(
        "`DatagramChannel.receive`",
        millis -> {
          try (var channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var address = channel.getLocalAddress();
            later(
                millis,
                risky(() -> {
                  try (var sender = DatagramChannel.open()) {
                    sender.send(ByteBuffer.allocate(1), address);
                  }
                }));
            channel.receive(ByteBuffer.allocate(1));
          }
        });
    suspends(
        "`java.nio.channels.Pipe` read",
        millis -> {
          var pipe = Pipe.open();
          later(millis, risky(() -> pipe.sink().write(ByteBuffer.allocate(1))));
          pipe.source().read(ByteBuffer.allocate(1));
        });
    suspends(
        "`Selector.select`",
        millis -> {
          try (var selector = Selector.open()) {
            selector.select(millis);
          }
        });
    suspends(
        "`AsynchronousServerSocketChannel.accept().get`",
        millis -> {
          try (var server = AsynchronousServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var address = server.getLocalAddress();
            later(millis, risky(() -> SocketChannel.open(address).close()));
            server.accept().get().close();
          }
        });
    suspends(
        "`WatchService.poll` with a time limit",
        millis -> {
          try (var watch = Path.of("/tmp").getFileSystem().newWatchService()) {
            watch.poll(millis, TimeUnit.MILLISECONDS);
          }
        });
  }

  private static void readFrom(ServerSocketChannel server, long millis) throws IOException {
    try (var one = SocketChannel.open(server.getLocalAddress());
        var other = server.accept()) {
      later(millis, risky(() -> other.write(ByteBuffer.allocate(1))));
      one.read(ByteBuffer.allocate(1));
    }
  }

  private void processes() {
    suspends("`Process.waitFor`", millis -> sleeping(millis).waitFor());
    suspends("`Process.onExit().join`", millis -> sleeping(millis).onExit().join());
  }

  private static Process sleeping(long millis) throws IOException {
    return new ProcessBuilder("sleep", Double.toString(millis / 1000.0)).start();
  }

  private void blocking() {
    blocks("`Process.getInputStream().read`", millis -> sleeping(millis).getInputStream().read());
    blocks(
        "`Process.getOutputStream().write`, pipe full",
        millis -> {
          var process =
              new ProcessBuilder("sh", "-c", "sleep " + millis / 1000.0 + "; cat >/dev/null")
                  .start();
          try (var out = process.getOutputStream()) {
            out.write(new byte[1 << 18]);
          }
        });
    blocks(
        "read of a FIFO by `FileInputStream`",
        millis -> {
          Path fifo = fifo();
          fill(fifo, millis);
          try (var in = new FileInputStream(fifo.toFile())) {
            in.read();
          }
        });
    blocks(
        "read of a FIFO by `FileChannel`",
        millis -> {
          Path fifo = fifo();
          fill(fifo, millis);
          try (var channel = FileChannel.open(fifo)) {
            channel.read(ByteBuffer.allocate(1));
          }
        });
    blocks("`FileChannel.lock` that another process holds", BlockingRows::lockFile);
    blocks("computing", Patience::burn);
    blocks(
        "parallel stream that computes",
        millis -> IntStream.range(0, 64).parallel().forEach(_ -> Patience.burn(millis / 20)));
    blocks(
        "a virtual thread, started in the task, that computes",
        millis -> Thread.startVirtualThread(() -> Patience.burn(millis)).join());
    blocks("a class initialiser that waits", BlockingRows::initialiseClass);
  }

  private static Path fifo() throws Exception {
    Path folder = Files.createTempDirectory("tulip");
    folder.toFile().deleteOnExit();
    Path fifo = folder.resolve("fifo");
    fifo.toFile().deleteOnExit();
    new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
    return fifo;
  }

  private static void fill(Path fifo, long millis) {
    later(millis, risky(() -> Files.write(fifo, new byte[1], StandardOpenOption.WRITE)));
  }

  /// `flock` makes another kind of lock than the JDK.
  private static void lockFile(long millis) throws Exception {
    Path file = Files.createTempFile("tulip", ".lock");
    var script =
        "import fcntl, sys, time; f = open(sys.argv[1], 'w'); fcntl.lockf(f, fcntl.LOCK_EX);"
            + " print('locked', flush=True); time.sleep(float(sys.argv[2]))";
    var holder =
        new ProcessBuilder(
                "python3", "-c", script, file.toString(), Double.toString(millis / 1000.0))
            .start();
    var locked = new CompletableFuture<Integer>();
    platform().execute(risky(() -> locked.complete(holder.getInputStream().read())));
    locked.join(); // suspends only the task
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.lock().release();
    } finally {
      Files.delete(file);
    }
  }

  private static long initialiserMillis;

  /// Defined anew for each run, since a class is initialised once.
  @SuppressWarnings("UnusedNestedClass")
  private static final class Initialised {
    static {
      sleepInInitialiser();
    }
  }

  static void sleepInInitialiser() {
    risky(() -> Thread.sleep(initialiserMillis)).run();
  }

  private static void initialiseClass(long millis) throws Exception {
    initialiserMillis = millis;
    var name = "BlockingRows$Initialised.class";
    try (var in = BlockingRows.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " was not found");
      }
      MethodHandles.lookup().defineHiddenClass(in.readAllBytes(), true);
    }
  }
}
