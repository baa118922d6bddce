// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol.cluster;

import java.util.List;

/// Nodes that hold the same keys.
///
/// @param master which of them changes them
/// @param replicas the others, which follow it
public record Shard(NodeAddress master, List<NodeAddress> replicas) {}
