// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;

/// A client and a server that talk to each other in memory: what one says the other hears.
class BothEndsTest {
  private final Peer<ClientConnection> client = Peer.client();
  private final Peer<ServerConnection> server = Peer.server();

  /// What arrives at once: so many bytes, or all.
  private int piece;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 1 << 20})
  void exchangesFollowEachOther(int piece) throws ProtocolException {
    this.piece = piece;
    var random = new Random(piece);
    for (int i = 0; i < 60; i++) {
      exchange(random);
    }
    client.connection.inputEnded();
    server.connection.inputEnded();
    client.expect(HttpEvent.Signal.CLOSED);
    server.expect(HttpEvent.Signal.CLOSED);
  }

  private void exchange(Random random) throws ProtocolException {
    assertTrue(client.connection.isReady());
    var question = text(random);
    var method = List.of(Method.GET, Method.POST, Method.HEAD).get(random.nextInt(3));
    sendRequest(random, method, question);
    var asked = new ArrayList<HttpEvent>();
    assertEquals(question, pump(client, server, asked));
    assertEquals(method, ((RequestHead) asked.getFirst()).method());

    var answer = text(random);
    sendResponse(random, answer);
    var answered = new ArrayList<HttpEvent>();
    var heard = pump(server, client, answered);
    assertEquals(method.equals(Method.HEAD) ? Bytes.EMPTY : answer, heard);
    assertEquals(Status.OK, ((ResponseHead) answered.getFirst()).status());
  }

  private void sendRequest(Random random, Method method, Bytes body) {
    var headers = Headers.builder().add("Host", "h").add("X-Random", "" + random.nextInt());
    if (random.nextBoolean()) {
      client.connection.send(RequestHead.of(method, "/a?b", headers.build()), body, client.out);
      return;
    }
    headers.add("Transfer-Encoding", "chunked");
    client.connection.send(RequestHead.of(method, "/", headers.build()), client.out);
    int half = body.length() / 2;
    client.connection.sendData(body.slice(0, half), client.out);
    client.connection.sendData(body.slice(half), client.out);
    client.connection.sendEnd(Headers.of("X-Trailer", "t"), client.out);
  }

  private void sendResponse(Random random, Bytes body) {
    var head = ResponseHead.of(Status.OK, Headers.of("Server", "s"));
    if (random.nextBoolean()) {
      server.connection.send(head, body, server.out);
      return;
    }
    server.connection.send(head, server.out);
    server.connection.sendData(body, server.out);
    server.connection.sendEnd(server.out);
  }

  private static Bytes text(Random random) {
    byte[] bytes = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(2000)];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  /// Carries what one end has written to the other, in pieces, up to the end of the message.
  ///
  /// @return the body
  private Bytes pump(Peer<?> from, Peer<?> to, List<HttpEvent> events) throws ProtocolException {
    var wire = new ByteQueue(Feed.ROOM);
    from.out.drainTo(wire);
    var body = Bytes.EMPTY;
    while (true) {
      switch (to.next()) {
        case HttpEvent.Signal _ -> to.input.put(wire.take(Math.min(piece, wire.size())));
        case HttpEvent.Data data -> body = Bytes.concat(body, data.bytes());
        case HttpEvent.End _ -> {
          assertTrue(wire.isEmpty());
          return body;
        }
        case HttpEvent head -> events.add(head);
      }
    }
  }
}
