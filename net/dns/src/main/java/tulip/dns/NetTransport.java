// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.dns.protocol.Message;
import tulip.net.UdpSocket;

/// Asks over the network.
///
/// Over UDP each query has a socket of its own, and so a port that the system chose by chance;
/// being connected it receives from that server only. Over TCP all queries to a server share a
/// connection.
final class NetTransport implements Transport {
  /// Datagrams that are no answer, before a query gives up: somebody guesses, and must not for
  /// long.
  private static final int MAX_STRANGERS = 50;

  private final EventLoop loop;
  private final RandomGenerator random;
  private final boolean randomCase;
  private final Map<InetSocketAddress, TcpLink> links = new HashMap<>();

  NetTransport(EventLoop loop, RandomGenerator random, boolean randomCase) {
    this.loop = loop;
    this.random = random;
    this.randomCase = randomCase;
  }

  @Override
  public Message udp(InetSocketAddress server, Message query) throws IOException {
    var asked = randomCase ? Spelling.mix(query, random) : query;
    try (var socket = UdpSocket.connect(server)) {
      socket.send(asked.encode());
      for (int strangers = 0; strangers < MAX_STRANGERS; strangers++) {
        var reply = Reply.match(asked, socket.receive().data());
        if (reply != null) {
          return randomCase && !Reply.isSpelledLike(asked, reply)
              ? Reply.cutOff(query, reply.header())
              : reply;
        }
      }
    }
    throw new ProtocolException(
        MAX_STRANGERS + " datagrams from " + server + " were no answer to what was asked");
  }

  @Override
  public Message tcp(InetSocketAddress server, Message query) throws IOException {
    var used = links.get(server);
    if (used != null && used.isUsable()) {
      try {
        return used.ask(query);
      } catch (ProtocolException e) {
        throw e;
      } catch (IOException e) {
        return tcpAgain(server, query, used, e);
      }
    }
    return fresh(server, used).ask(query);
  }

  /// The server may have closed what it thought idle.
  private Message tcpAgain(
      InetSocketAddress server, Message query, TcpLink used, IOException before)
      throws IOException {
    try {
      return fresh(server, used).ask(query);
    } catch (IOException e) {
      e.addSuppressed(before);
      throw e;
    }
  }

  /// A connection younger than this one.
  private TcpLink fresh(InetSocketAddress server, @Nullable TcpLink old) {
    var link = links.get(server);
    if (link == null || link.equals(old) || !link.isUsable()) {
      link = new TcpLink(loop, server);
      links.put(server, link);
    }
    return link;
  }

  @Override
  public void close() {
    links.values().forEach(TcpLink::close);
    links.clear();
  }
}
