// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tulip.core.EventLoop;

/// In which order servers are asked, and what was learnt about them.
///
/// A server that kept silent is asked last for a while: else a dead one would hold up every query.
final class ServerOrder {
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final EventLoop loop;
  private final Map<InetSocketAddress, Long> silentUntil = new HashMap<>();
  private final Set<InetSocketAddress> withoutEdns = new HashSet<>();
  private List<InetSocketAddress> servers = List.of();
  private int next;

  ServerOrder(EventLoop loop) {
    this.loop = loop;
  }

  /// The servers, in the order for one question.
  List<InetSocketAddress> of(DnsSettings settings) {
    if (!servers.equals(settings.servers())) {
      servers = settings.servers();
      silentUntil.keySet().retainAll(servers);
      withoutEdns.retainAll(servers);
    }
    var order = new ArrayList<>(servers);
    if (settings.rotate()) {
      Collections.rotate(order, -next);
      next = (next + 1) % order.size();
    }
    order.sort((a, b) -> Boolean.compare(isSilent(a), isSilent(b)));
    return order;
  }

  private boolean isSilent(InetSocketAddress server) {
    return silentUntil.getOrDefault(server, Long.MIN_VALUE) > loop.time();
  }

  void answered(InetSocketAddress server) {
    silentUntil.remove(server);
  }

  void keptSilent(InetSocketAddress server) {
    silentUntil.put(server, loop.time() + SILENCE.toNanos());
  }

  boolean knowsEdns(InetSocketAddress server) {
    return !withoutEdns.contains(server);
  }

  void refusedEdns(InetSocketAddress server) {
    withoutEdns.add(server);
  }
}
