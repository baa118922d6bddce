// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.memcached.protocol.Ketama;
import tulip.pool.ConnectionLostException;

/// All servers of a client, and which of them has a key.
final class Servers {
  private final List<Node> nodes;
  private final @Nullable Ketama ring;

  Servers(List<Endpoint> endpoints, MemcachedOptions options) {
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("a client needs a server at least");
    }
    nodes = endpoints.stream().map(endpoint -> new Node(endpoint, options)).toList();
    ring = nodes.size() == 1 ? null : ring(endpoints, options);
  }

  private static Ketama ring(List<Endpoint> endpoints, MemcachedOptions options) {
    var servers = endpoints.stream().map(e -> new Ketama.Server(e.label(), e.weight())).toList();
    return new Ketama(servers, options.keys());
  }

  Node of(String key) {
    return nodes.get(ring == null ? 0 : ring.indexOf(key));
  }

  /// Sends a classic command to all servers, and waits until all have done it.
  void tellAll(String words) throws IOException {
    for (var listing : startAll(words).values()) {
      Replies.check(listing.awaitReply());
    }
  }

  /// Asks all servers for one line.
  Map<Endpoint, String> askAll(String words) throws IOException {
    var answers = new LinkedHashMap<Endpoint, String>();
    for (var listing : startAll(words).entrySet()) {
      answers.put(listing.getKey(), Replies.line(listing.getValue().awaitReply()).rest());
    }
    return answers;
  }

  /// Asks all servers for lines.
  Map<Endpoint, Map<String, String>> listAll(String words) throws IOException {
    var answers = new LinkedHashMap<Endpoint, Map<String, String>>();
    for (var listing : startAll(words).entrySet()) {
      answers.put(listing.getKey(), listing.getValue().awaitLines());
    }
    return answers;
  }

  private Map<Endpoint, Listing> startAll(String words) throws IOException {
    var listings = new LinkedHashMap<Endpoint, Listing>();
    try {
      for (var node : nodes) {
        listings.put(node.endpoint(), node.startLine(words));
      }
      return listings;
    } catch (ConnectionLostException e) {
      throw Replies.among(listings.values(), e);
    }
  }

  void close() {
    nodes.forEach(Node::close);
  }

  @Override
  public String toString() {
    return nodes.stream().map(Node::endpoint).toList().toString();
  }
}
