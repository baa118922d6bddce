// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.Tulip;
import tulip.net.ListenOptions;
import tulip.net.Listener;
import tulip.net.Tcp;
import tulip.testing.TulipTest;

/// What is started and ended with an application.
@TulipTest
@SuppressWarnings("try") // the server is closed within its block
class WebAppLifeTest {
  private final List<String> seen = new ArrayList<>();
  private final WebApp app = new WebApp();

  private static Listener listen() throws Exception {
    return Tcp.listen(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ListenOptions.DEFAULT);
  }

  private Startup noted(String name) {
    return () -> {
      seen.add("start " + name);
      return () -> {
        Tulip.sleep(Duration.ofSeconds(1));
        seen.add("end " + name);
      };
    };
  }

  @TulipTest
  void startsInOrderAndEndsBehindTheLastRequest() throws Exception {
    var part = new WebApp();
    part.onStartup(noted("part"));
    app.mount("/part", part);
    app.onStartup(noted("one"));
    app.onStartup(() -> null);
    app.onStartup(noted("two"));
    app.get(
        "/",
        request -> {
          Tulip.sleep(Duration.ofSeconds(3));
          seen.add("answered");
          return Response.text("done");
        });
    try (var server = app.open(listen());
        var client = Tcp.connect("127.0.0.1", server.port())) {
      client.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      Tulip.sleep(Duration.ofSeconds(1));
      server.close();
      assertTrue(client.readAll(1000).utf8().endsWith("done"));
    }
    assertEquals(
        List.of(
            "start one", "start two", "start part", "answered", "end part", "end two", "end one"),
        seen);
  }

  @TulipTest
  void aStartupThatFailsEndsThoseBefore() throws Exception {
    app.onStartup(noted("one"));
    app.onStartup(() -> {
      throw new IllegalStateException("no room");
    });
    app.onStartup(noted("three"));
    var listener = listen();
    assertThrows(IllegalStateException.class, () -> app.open(listener));
    assertThrows(java.io.IOException.class, listener::accept);
    assertEquals(List.of("start one", "end one"), seen);
  }

  @TulipTest
  void servesUntilItIsCancelledAndEndsInOrder() throws Exception {
    app.onStartup(noted("one"));
    var listener = listen();
    Tulip.moveOnAfter(
        Duration.ofSeconds(5), () -> app.serve(List.of(listener), HttpServerOptions.DEFAULT));
    assertEquals(List.of("start one", "end one"), seen);
  }

  @TulipTest
  void aCleanupThatFailsKeepsNoOtherFromItsTurn() throws Exception {
    var errors = new ArrayList<ErrorContext>();
    EventLoop.current().setExceptionHandler(errors::add);
    app.onStartup(noted("one"));
    app.onStartup(() ->
        () -> {
          throw new IllegalStateException("stuck");
        });
    app.open(listen()).close();
    assertEquals(List.of("start one", "end one"), seen);
    assertEquals(1, errors.size());
  }
}
