// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.core.TaskGroup;
import tulip.http.Handler;
import tulip.http.HttpServer;
import tulip.http.HttpServerOptions;
import tulip.net.ByteStream;
import tulip.net.Server;
import tulip.net.testing.ScriptedPeer;

/// Servers in memory, to which sessions connect whatever host they ask for.
final class Servers implements AutoCloseable {
  private final TaskGroup group = TaskGroup.open();
  private final List<ScriptedPeer> peers = new ArrayList<>();
  private final List<ByteStream> scripted = new ArrayList<>();
  private Server.Handler connections = stream -> {};

  /// Whom the sessions have connected to, as `host:port`.
  final List<String> dialled = new ArrayList<>();

  /// What the loop's exception handler was told.
  final List<ErrorContext> errors = new ArrayList<>();

  private Servers() {
    EventLoop.current().setExceptionHandler(errors::add);
  }

  /// Our own server, with a handler.
  static Servers serving(Handler handler) {
    return serving(HttpServerOptions.DEFAULT, handler);
  }

  static Servers serving(HttpServerOptions options, Handler handler) {
    var servers = new Servers();
    servers.connections = HttpServer.connections(options, handler);
    return servers;
  }

  /// A script for each connection, in their order.
  static Servers playing(ScriptedPeer.Script... scripts) {
    var servers = new Servers();
    for (var script : scripts) {
      var pair = ByteStream.pair();
      servers.scripted.add(pair.near());
      servers.peers.add(ScriptedPeer.on(pair.far(), script));
    }
    return servers;
  }

  /// Options of sessions that connect to here.
  ClientOptions options() {
    return ClientOptions.DEFAULT.withDialer(this::dial).withBaseUrl("http://h/");
  }

  HttpSession session() {
    return HttpSession.open(options());
  }

  private ByteStream dial(String host, int port) throws IOException {
    dialled.add(host + ":" + port);
    if (!scripted.isEmpty()) {
      return scripted.removeFirst();
    }
    if (!peers.isEmpty()) {
      throw new ConnectException("no script is left");
    }
    var pair = ByteStream.pair();
    group.start(() -> serve(pair.far()));
    return pair.near();
  }

  private void serve(ByteStream stream) throws Exception {
    try (stream) {
      connections.handle(stream);
    } catch (IOException e) {
      stream.abort();
    }
  }

  /// Lets the script go on that is at a pause.
  void go() {
    peers.getFirst().go();
  }

  @Override
  public void close() {
    scripted.forEach(ByteStream::abort);
    peers.reversed().forEach(ScriptedPeer::close);
    group.close();
  }
}
