// SPDX-License-Identifier: Apache-2.0
package tulip.it.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.core.EventLoop;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.http.HttpServerOptions;
import tulip.http.Response;
import tulip.http.WebApp;
import tulip.net.ListenOptions;
import tulip.net.SharedPort;
import tulip.net.testing.RealProcess;
import tulip.net.workers.Worker;
import tulip.net.workers.Workers;
import tulip.net.workers.WorkersOptions;

/// A worker is replaced by another one, again and again, under load: no request fails.
class RollingRestartsTest {
  private static final int REQUESTS = 2_000;
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final HttpServerOptions OPTIONS =
      HttpServerOptions.DEFAULT.withIdleGrace(Duration.ofSeconds(2));

  @TempDir private Path folder;

  private final AtomicLong served = new AtomicLong();

  /// Workers, one in fact, that serve until they are told to end.
  private final class Generation {
    private final SharedPort port;
    private final Runnable afterSome;
    private final Event ready = new Event();
    private final Event over = new Event();
    private final Task<?> task;

    Generation(SharedPort port, Runnable afterSome) {
      this.port = port;
      this.afterSome = afterSome;
      task = Tulip.createTask(this::run);
      ready.await();
    }

    private void run() {
      try (var workers = Workers.open(WorkersOptions.DEFAULT.withCount(1), this::serve)) {
        workers.awaitReady();
        ready.set();
        over.await();
      }
    }

    private void serve(Worker worker) throws Exception {
      var app = new WebApp();
      app.get("/", _ -> answer());
      app.serve(worker, port, OPTIONS);
    }

    private Response answer() {
      if (served.incrementAndGet() % REQUESTS == 0) {
        afterSome.run();
      }
      return Response.text("Hello, world");
    }

    void end() {
      over.set();
      task.await();
    }
  }

  private void restart(int times, String duration) throws Exception {
    Tulip.run(() -> {
      try (var port = SharedPort.open(FREE, ListenOptions.DEFAULT)) {
        var loop = EventLoop.current();
        var some = new Event();
        Runnable afterSome = () -> loop.callSoonThreadSafe(some::set);
        var serving = new Generation(port, afterSome);
        var load = Tulip.createTask(() -> Tulip.blocking(() -> wrk(port.port(), duration)));
        for (int i = 0; i < times; i++) {
          some.clear();
          some.await();
          var next = new Generation(port, afterSome);
          serving.end();
          serving = next;
        }
        assertFalse(load.isDone(), "the load has ended before the last restart");
        var report = load.await();
        serving.end();
        assertTrue(report.contains(" requests in "), report);
        assertFalse(report.contains("Socket errors") || report.contains("Non-2xx"), report);
      }
    });
  }

  private String wrk(int port, String duration) throws Exception {
    var url = "http://127.0.0.1:" + port + "/";
    return RealProcess.run(
        folder, Duration.ofMinutes(3), "wrk", "-t1", "-c50", "-d" + duration, url);
  }

  @Test
  @Timeout(60)
  void fiveTimes() throws Exception {
    restart(5, "5s");
  }

  @Test
  @Timeout(200)
  @Tag("long")
  void fiftyTimes() throws Exception {
    restart(50, "40s");
  }
}
