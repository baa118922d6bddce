// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import tulip.core.Action;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.LoopOptions;
import tulip.core.Tulip;
import tulip.core.VirtualClock;
import tulip.core.queue.Queue;
import tulip.net.ByteStream;
import tulip.net.ListenOptions;
import tulip.net.SharedPort;
import tulip.net.Tcp;

/// A loop that opens workers: its clock goes on only when the test says so. Fails for threads and
/// sockets that are left.
final class Works {
  /// What happened to the workers, in order.
  final Queue<WorkerEvent> events = new Queue<>(Queue.UNBOUNDED);

  /// What nobody could catch.
  final List<ErrorContext> errors = Collections.synchronizedList(new ArrayList<>());

  private final LoopOptions.Engine engine;
  private final VirtualClock clock = VirtualClock.manual();

  Works(LoopOptions.Engine engine) {
    this.engine = engine;
  }

  void run(Action<Exception> test) throws Exception {
    SocketChannel.open().close(); // the JDK keeps a socket of its own from the first one on
    var sockets = sockets();
    Tulip.run(
        loops().withClock(clock),
        () -> {
          EventLoop.current().setExceptionHandler(errors::add);
          test.run();
        });
    while (!threads().isEmpty() || !sockets.containsAll(sockets())) {
      LockSupport.parkNanos(100_000); // threads end when those that wait for them go on
    }
    assertEquals(List.of(), errors);
  }

  private LoopOptions loops() {
    return LoopOptions.DEFAULT.withEngine(engine).withInterruptible(false);
  }

  /// Workers that are started again at once.
  WorkersOptions options(int count) {
    return WorkersOptions.DEFAULT
        .withCount(count)
        .withLoop(loops())
        .withTerminable(false)
        .withRestarts(RestartPolicy.DEFAULT.withBackOff(Duration.ZERO, Duration.ZERO))
        .withListener(events::tryPut);
  }

  static SharedPort openPort() throws IOException {
    return SharedPort.open(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ListenOptions.DEFAULT);
  }

  static ByteStream connect(SharedPort port) throws IOException {
    return Tcp.connect("127.0.0.1", port.port());
  }

  /// The next event, without its worker: `Crashed`.
  String nextEvent() {
    return events.get().getClass().getSimpleName();
  }

  List<String> nextEvents(int count) {
    var names = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      names.add(nextEvent());
    }
    return names;
  }

  /// Lets time pass until something happens to a worker.
  WorkerEvent advanceToEvent() {
    while (events.isEmpty()) {
      clock.advance(Duration.ofMillis(100));
      Tulip.yield();
    }
    return events.get();
  }

  /// What a loop of a test waits for that another loop does.
  static final class Signal {
    private final CompletableFuture<Boolean> given = new CompletableFuture<>();

    void give() {
      given.complete(true);
    }

    void await() {
      Tulip.await(given);
    }

    /// Waits as no task should: the whole loop stands still.
    void awaitWithTheTurn() {
      while (!given.isDone()) {
        Thread.onSpinWait();
      }
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("tulip-worker-"))
        .toList();
  }

  private static List<String> sockets() throws IOException {
    var sockets = new ArrayList<String>();
    try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (var descriptor : descriptors) {
        try {
          var file = Files.readSymbolicLink(descriptor).toString();
          if (file.startsWith("socket:")) {
            sockets.add(file);
          }
        } catch (NoSuchFileException e) {
          // it was closed just now
        }
      }
    }
    return sockets;
  }
}
