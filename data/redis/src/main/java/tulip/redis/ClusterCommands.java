// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import tulip.redis.protocol.Reply;

/// What a node tells of its cluster: some commands of Redis's group "cluster". A server that is in
/// none refuses them.
public interface ClusterCommands extends Commands {
  /// CLUSTER INFO: the state of the cluster.
  default Map<String, String> clusterInfo() throws IOException {
    return call(Replies::lines, "CLUSTER", "INFO");
  }

  /// CLUSTER MYID: the node's id.
  default String clusterMyid() throws IOException {
    return call(Reply::string, "CLUSTER", "MYID");
  }

  /// CLUSTER NODES: all nodes that it knows, one a line.
  default String clusterNodes() throws IOException {
    return call(Reply::string, "CLUSTER", "NODES");
  }

  /// CLUSTER SHARDS: which nodes have which slots.
  default List<Map<String, Reply>> clusterShards() throws IOException {
    return call(reply -> reply.list(Replies::facts), "CLUSTER", "SHARDS");
  }

  /// CLUSTER KEYSLOT: the slot of a key.
  default int clusterKeyslot(String key) throws IOException {
    return call(reply -> (int) reply.integer(), "CLUSTER", "KEYSLOT", key);
  }

  /// CLUSTER COUNTKEYSINSLOT: how many keys of a slot the node has.
  default long clusterCountkeysinslot(int slot) throws IOException {
    return call(Reply::integer, "CLUSTER", "COUNTKEYSINSLOT", slot);
  }

  /// CLUSTER GETKEYSINSLOT: keys of a slot that the node has.
  ///
  /// @param count how many at most
  default List<String> clusterGetkeysinslot(int slot, long count) throws IOException {
    return call(Reply::strings, "CLUSTER", "GETKEYSINSLOT", slot, count);
  }
}
