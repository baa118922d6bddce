// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import org.jspecify.annotations.Nullable;
import tulip.core.sync.Event;
import tulip.redis.protocol.cluster.NodeAddress;

/// A node of a cluster, and the client of it, which a task of its own holds: nodes come and go in
/// any order, and clients are blocks.
final class ClusterNode {
  final NodeAddress address;
  private final Event decided = new Event();
  private final Event retired = new Event();
  private @Nullable Redis client;

  ClusterNode(NodeAddress address) {
    this.address = address;
  }

  /// Holds the client until the node is needed no more.
  void hold(RedisOptions options, RedisConnector connector) {
    try (var opened = Redis.open(options, connector)) {
      client = opened;
      decided.set();
      retired.await();
    } finally {
      decided.set();
    }
  }

  /// The client. What it is asked after [#retire] fails without having been sent.
  Redis client() throws RedisConnectionException {
    decided.await();
    if (client == null) {
      throw RedisConnectionException.notSent("the client of the cluster is closed", null);
    }
    return client;
  }

  /// Has the client close, when it has got the replies that are owed.
  void retire() {
    retired.set();
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
