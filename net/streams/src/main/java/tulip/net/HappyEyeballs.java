// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.TaskGroup;
import tulip.core.Tulip;
import tulip.core.sync.Event;

/// Connects to the first of several addresses that answers: RFC 8305, section 5.
///
/// An attempt begins when the one before it has failed, or has kept silent for the attempt delay;
/// the first that succeeds ends the others.
final class HappyEyeballs {
  private final String target;
  private final List<InetSocketAddress> addresses;
  private final TcpOptions options;
  private final EventLoop loop = EventLoop.current();
  private final List<IOException> failures = new ArrayList<>();
  private @Nullable SocketWire winner;

  HappyEyeballs(String target, List<InetSocketAddress> addresses, TcpOptions options) {
    this.target = target;
    this.addresses = interleave(addresses);
    this.options = options;
  }

  /// The families alternate, beginning with that of the first address: RFC 8305, section 4.
  static List<InetSocketAddress> interleave(List<InetSocketAddress> addresses) {
    if (addresses.size() < 3) {
      return addresses;
    }
    boolean first = isIpv6(addresses.getFirst());
    var same = new ArrayDeque<InetSocketAddress>();
    var other = new ArrayDeque<InetSocketAddress>();
    addresses.forEach(address -> (isIpv6(address) == first ? same : other).add(address));
    var order = new ArrayList<InetSocketAddress>(addresses.size());
    while (!same.isEmpty() || !other.isEmpty()) {
      for (var family : List.of(same, other)) {
        if (!family.isEmpty()) {
          order.add(family.remove());
        }
      }
    }
    return order;
  }

  private static boolean isIpv6(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address;
  }

  SocketWire connect() throws IOException {
    if (addresses.size() == 1) {
      return attempt(addresses.getFirst());
    }
    try {
      TaskGroup.run(this::tryAll);
    } catch (Throwable t) {
      if (winner != null) {
        winner.close(); // it came too late
      }
      throw t;
    }
    if (winner == null) {
      throw allFailed();
    }
    return winner;
  }

  private void tryAll(TaskGroup group) {
    for (var address : addresses) {
      var failed = new Event();
      group.start("connect to " + address, () -> race(address, failed, group));
      Tulip.moveOnAfter(options.attemptDelay(), failed::await);
    }
  }

  private void race(InetSocketAddress address, Event failed, TaskGroup group) {
    try {
      var wire = attempt(address);
      if (winner == null) {
        winner = wire;
        group.cancel();
      } else {
        wire.close();
      }
    } catch (IOException e) {
      failures.add(e);
      failed.set();
    }
  }

  private SocketWire attempt(InetSocketAddress address) throws IOException {
    return SocketWire.connect(loop, options.open(), address);
  }

  private ConnectException allFailed() {
    var all =
        new ConnectException(
            "could not connect to " + target + ": all " + addresses.size() + " addresses failed");
    failures.forEach(all::addSuppressed);
    return all;
  }
}
