// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import tulip.bytes.ByteQueue;
import tulip.bytes.ByteWriter;

/// A connection with its queue and its writer, for tests that go step by step.
///
/// @param <C> which end
final class Peer<C extends HttpConnection> {
  final C connection;
  final ByteQueue input = new ByteQueue(Feed.ROOM);
  final ByteWriter out = new ByteWriter(Feed.ROOM);

  Peer(C connection) {
    this.connection = connection;
  }

  static Peer<ServerConnection> server() {
    return new Peer<>(new ServerConnection());
  }

  /// A server that has received all of a request.
  static Peer<ServerConnection> asked(String request) throws ProtocolException {
    var server = server().gets(request);
    server.nextHead();
    server.expect(HttpEvent.End.PLAIN);
    return server;
  }

  static Peer<ClientConnection> client() {
    return new Peer<>(new ClientConnection());
  }

  /// A client that has sent a request without a body.
  static Peer<ClientConnection> asking(Method method, String target, String... fields) {
    var client = client();
    var headers = Headers.builder().add("Host", "h").addAll(Headers.of(fields)).build();
    client.connection.send(RequestHead.of(method, target, headers), client.out);
    client.connection.sendEnd(client.out);
    client.out.clear();
    return client;
  }

  Peer<C> gets(String text) {
    input.put(Feed.latin1(text));
    return this;
  }

  HttpEvent next() throws ProtocolException {
    return connection.receive(input);
  }

  RequestHead nextHead() throws ProtocolException {
    return assertInstanceOf(RequestHead.class, next());
  }

  ResponseHead nextResponse() throws ProtocolException {
    return assertInstanceOf(ResponseHead.class, next());
  }

  String nextData() throws ProtocolException {
    return assertInstanceOf(HttpEvent.Data.class, next()).bytes().latin1();
  }

  void expect(HttpEvent event) throws ProtocolException {
    assertEquals(event, next());
  }

  ProtocolException refusal() {
    return assertThrows(ProtocolException.class, this::next);
  }

  /// What was written since the last time.
  String sent() {
    var text = out.toBytes().latin1();
    out.clear();
    return text;
  }
}
