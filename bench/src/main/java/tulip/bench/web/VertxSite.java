// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/// Vert.x on one event loop, with Netty's native epoll, its router, and a handler that all requests
/// pass.
@SuppressWarnings("FutureReturnValueIgnored") // clients that leave are no news
final class VertxSite {
  private final Set<ServerWebSocket> room = new LinkedHashSet<>();

  private VertxSite() {}

  /// Words: the file. Prints its port.
  public static void main(String[] words) throws Exception {
    var vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    var router = Router.router(vertx);
    router
        .route()
        .handler(context -> {
          context.response().putHeader("Server", "vertx");
          context.next();
        });
    router
        .get("/json")
        .handler(context ->
            context
                .response()
                .putHeader("Date", Site.date())
                .putHeader("Content-Type", Site.JSON_TYPE)
                .end(Site.JSON));
    router.get("/file").handler(context -> context.response().sendFile(words[0]));
    router.post("/upload").handler(context -> upload(context.request()));
    var site = new VertxSite();
    var options = new HttpServerOptions().setAcceptBacklog(4096).setTcpNoDelay(true);
    var server =
        vertx
            .createHttpServer(options.setPerMessageWebSocketCompressionSupported(false))
            .requestHandler(router)
            .webSocketHandler(site::converse)
            .listen(0, "127.0.0.1")
            .await();
    System.out.println(server.actualPort());
  }

  private static void upload(HttpServerRequest request) {
    long[] size = {0};
    request.handler(piece -> size[0] += piece.length());
    request.endHandler(_ -> request.response().end(Long.toString(size[0])));
  }

  private void converse(ServerWebSocket socket) {
    if (socket.path().equals("/echo")) {
      socket.textMessageHandler(socket::writeTextMessage);
      socket.binaryMessageHandler(socket::writeBinaryMessage);
    } else {
      room.add(socket);
      socket.closeHandler(_ -> room.remove(socket));
      socket.textMessageHandler(
          text -> new ArrayList<>(room).forEach(each -> each.writeTextMessage(text)));
    }
  }
}
