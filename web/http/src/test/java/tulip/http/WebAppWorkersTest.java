// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.net.SharedPort;
import tulip.net.Tcp;
import tulip.net.workers.Workers;
import tulip.net.workers.WorkersOptions;

/// One application on several loops.
@Timeout(30)
class WebAppWorkersTest {
  @Test
  void servesOnEachLoop() throws Exception {
    var started = new AtomicInteger();
    var ended = new AtomicInteger();
    var app = new WebApp();
    app.onStartup(() -> {
      started.incrementAndGet();
      return ended::incrementAndGet;
    });
    app.get("/", request -> Response.text("on " + EventLoop.current()));
    Tulip.run(() -> {
      try (var port = SharedPort.open(0);
          var workers =
              Workers.open(
                  WorkersOptions.DEFAULT.withCount(2),
                  worker -> app.serve(worker, port, HttpServerOptions.DEFAULT))) {
        workers.awaitReady();
        for (int i = 0; i < 20; i++) {
          try (var stream = Tcp.connect("127.0.0.1", port.port())) {
            stream.write("GET / HTTP/1.0\r\n\r\n");
            assertTrue(stream.readAll(1000).utf8().startsWith("HTTP/1.1 200 OK\r\n"));
          }
        }
      }
    });
    assertEquals(List.of(2, 2), List.of(started.get(), ended.get()));
  }
}
