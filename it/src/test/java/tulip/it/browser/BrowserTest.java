// SPDX-License-Identifier: Apache-2.0
package tulip.it.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.http.EventSink;
import tulip.http.HttpServer;
import tulip.http.HttpServerOptions;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.WebApp;
import tulip.http.fields.SetCookie;
import tulip.http.middleware.Cors;
import tulip.http.middleware.CorsPolicy;
import tulip.http.protocol.HeaderName;
import tulip.http.sse.SseEvent;
import tulip.net.ListenOptions;
import tulip.net.Tcp;
import tulip.websocket.WebSocket;

/// Chromium at our server: what only a browser does.
@Timeout(120)
class BrowserTest {
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static final String HTML =
      """
      <!doctype html>
      <title>Tulip</title>
      <style>body { margin: 0; background: #e0457b; color: white; font: 60px sans-serif; }</style>
      <p id="greeting">Hello from Tulip
      """;

  private interface Visit {
    void run(Page page, String here, String elsewhere) throws Exception;
  }

  @TempDir private Path folder;

  private static void echo(WebSocket socket) throws IOException {
    for (var message : socket) {
      socket.send(message);
    }
  }

  private static void count(EventSink events) throws IOException {
    var last = events.lastEventId();
    int next = last.isEmpty() ? 1 : Integer.parseInt(last) + 1;
    for (int i = next; i < next + 2; i++) {
      events.send(SseEvent.of("number " + i).withId("" + i).withRetry(Duration.ofMillis(50)));
    }
  }

  /// Takes the rest when the page has said that it has seen progress.
  private static Response upload(Request request, Event progress) throws IOException {
    request.limitBody(1 << 25);
    long length = 0;
    for (Bytes piece; (piece = request.body().read()) != null; ) {
      length += piece.length();
      progress.await();
    }
    return Response.text("" + length);
  }

  private static WebApp site() {
    var app = new WebApp();
    app.get(
        "/",
        _ ->
            Response.html(HTML)
                .cookie(SetCookie.of("seen", "yes"))
                .cookie(SetCookie.of("secret", "7").with("HttpOnly").with("SameSite", "Strict")));
    app.get("/cookies", request -> Response.text("" + request.header("Cookie")));
    app.get("/events", request -> Response.events(request, BrowserTest::count));
    app.get("/ws", request -> WebSocket.accept(request, BrowserTest::echo));
    var progress = new Event();
    app.put("/upload", request -> upload(request, progress));
    app.post(
        "/progress",
        _ -> {
          progress.set();
          return Response.text("seen");
        });
    return app;
  }

  /// @param origin whose pages may ask
  private static WebApp api(String origin) {
    var app = new WebApp();
    var policy =
        CorsPolicy.of(origin)
            .withMethods("PUT")
            .withHeaders(HeaderName.of("X-Asked"))
            .withExposed(HeaderName.of("X-Told"));
    app.use(Cors.of(CorsPolicy.of("https://nobody.example")).at("/open", policy));
    for (var path : List.of("/open", "/closed")) {
      app.put(
          path, request -> Response.text("put").header("X-Told", "" + request.header("X-Asked")));
    }
    return app;
  }

  private void visit(Visit visit) throws Exception {
    Tulip.run(() -> {
      try (var site = serve(site());
          var api = serve(api("http://127.0.0.1:" + site.port()));
          var browser = Chromium.start(folder);
          var page = browser.page()) {
        var here = "http://127.0.0.1:" + site.port();
        page.show(here + "/");
        visit.run(page, here, "http://127.0.0.1:" + api.port());
      }
    });
  }

  private static HttpServer serve(WebApp app) throws Exception {
    return app.open(List.of(Tcp.listen(FREE, ListenOptions.DEFAULT)), HttpServerOptions.DEFAULT);
  }

  @Test
  void whatABrowserDoes() throws Exception {
    visit((page, here, elsewhere) -> {
      showsThePage(page);
      keepsCookies(page);
      asksBeforeItAsksElsewhere(page, elsewhere);
      hearsEvents(page);
      speaksOverAWebSocket(page);
      uploadsWithProgress(page);
    });
  }

  private static void showsThePage(Page page) throws IOException {
    assertEquals(
        "Tulip: Hello from Tulip",
        page.run(
            "return document.title + ': ' + document.getElementById('greeting').innerText.trim()"));
    byte[] png = page.screenshot();
    var kept = System.getProperty("tulip.screenshot");
    if (kept != null) {
      Files.write(Path.of(kept), png);
    }
    var image = ImageIO.read(new ByteArrayInputStream(png));
    int corner = image.getRGB(image.getWidth() - 5, image.getHeight() - 5);
    assertEquals(new Color(0xe0, 0x45, 0x7b), new Color(corner));
  }

  private static void keepsCookies(Page page) throws IOException {
    assertEquals("seen=yes", page.run("return document.cookie"));
    assertEquals("seen=yes; secret=7", page.run("return await (await fetch('/cookies')).text()"));
  }

  /// A preflight request goes ahead of each, since of `X-Asked`.
  private static void asksBeforeItAsksElsewhere(Page page, String elsewhere) throws IOException {
    var program =
        """
        try {
          const answer = await fetch('%s', {method: 'PUT', headers: {'X-Asked': 'why'}});
          return await answer.text() + ' ' + answer.headers.get('X-Told');
        } catch (e) {
          return e.name;
        }
        """;
    assertEquals("put why", page.run(program.formatted(elsewhere + "/open")));
    assertEquals("TypeError", page.run(program.formatted(elsewhere + "/closed")));
  }

  /// The server ends after two events each time, and the browser comes again.
  private static void hearsEvents(Page page) throws IOException {
    assertEquals(
        "number 1, number 2, number 3, number 4, number 5",
        page.run(
            """
            const seen = [];
            const source = new EventSource('/events');
            await new Promise(done => source.onmessage = event => {
              seen.push(event.data);
              if (seen.length == 5) done();
            });
            source.close();
            return seen.join(', ');
            """));
  }

  private static void speaksOverAWebSocket(Page page) throws IOException {
    assertEquals(
        "permessage-deflate 600000 true 1000 true",
        page.run(
            """
            const socket = new WebSocket('ws://' + location.host + '/ws');
            socket.binaryType = 'arraybuffer';
            await new Promise(done => socket.onopen = done);
            const echo = message => new Promise(done => {
              socket.onmessage = event => done(event.data);
              socket.send(message);
            });
            const text = await echo('tulip '.repeat(100000));
            const bytes = new Uint8Array(await echo(new Uint8Array([1, 2, 255])));
            const end = new Promise(done => socket.onclose = done);
            socket.close(1000, 'enough');
            const closed = await end;
            const extension = socket.extensions.split(';')[0];
            return [extension, text.length, bytes[2] == 255, closed.code, closed.wasClean]
                .join(' ');
            """));
  }

  private static void uploadsWithProgress(Page page) throws IOException {
    assertEquals(
        "30000000 true true",
        page.run(
            """
            const request = new XMLHttpRequest();
            const seen = [];
            request.upload.onprogress = event => {
              if (seen.push(event.loaded) == 1) fetch('/progress', {method: 'POST'});
            };
            const end = new Promise(done => request.onload = done);
            request.open('PUT', '/upload');
            request.send(new Uint8Array(30000000));
            await end;
            return [request.responseText, seen[0] < 30000000, seen.at(-1) == 30000000].join(' ');
            """));
  }
}
