// SPDX-License-Identifier: Apache-2.0
package tulip.net.workers;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.net.Listener;
import tulip.net.Server;
import tulip.net.ServerOptions;
import tulip.net.SharedPort;

/// One of several loops, as its main task sees it. For tasks of that loop, if nothing else is said.
public final class Worker {
  private final int index;
  private final int restarts;
  private final Consumer<Worker> whenReady;
  private final Set<SharedPort> ports = ConcurrentHashMap.newKeySet();
  private final AtomicLong served = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();

  Worker(int index, int restarts, Consumer<Worker> whenReady) {
    this.index = index;
    this.restarts = restarts;
    this.whenReady = whenReady;
  }

  /// Which one it is, from 0. Any thread.
  public int index() {
    return index;
  }

  /// How often a worker with this index was started before. Any thread.
  public int restarts() {
    return restarts;
  }

  /// Tells that the worker does its work from now on: see [Workers#awaitReady]. [#serve] does.
  public void ready() {
    whenReady.accept(this);
  }

  /// A listener at a port that the workers share. If this loop stands still the port is left to the
  /// others.
  ///
  /// @throws IOException if the port cannot be listened at
  public Listener listen(SharedPort port) throws IOException {
    ports.add(port);
    return port.listen();
  }

  /// Serves a port that the workers share until the task is cancelled; then lets the connections
  /// end as [Server#close] does.
  ///
  /// @throws IOException if the port cannot be listened at
  public void serve(SharedPort port, ServerOptions options, Server.Handler handler)
      throws IOException {
    try (var _ = Server.open(List.of(listen(port)), options, counted(handler))) {
      ready();
      Tulip.sleepForever();
    }
  }

  private Server.Handler counted(Server.Handler handler) {
    return stream -> {
      served.incrementAndGet();
      open.incrementAndGet();
      try {
        handler.handle(stream);
      } finally {
        open.decrementAndGet();
      }
    };
  }

  /// Leaves the ports to the others, while this loop stands still. Any thread.
  void withdraw(EventLoop loop) {
    ports.forEach(port -> port.withdraw(loop));
  }

  long served() {
    return served.get();
  }

  int open() {
    return open.get();
  }

  @Override
  public String toString() {
    return "worker " + index + (restarts == 0 ? "" : ", restart " + restarts);
  }
}
