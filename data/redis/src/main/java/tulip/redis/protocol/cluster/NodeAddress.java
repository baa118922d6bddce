// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol.cluster;

/// Where the nodes of a cluster say that one of them is.
public record NodeAddress(String host, int port) {
  /// Its parts with a colon between. A host may have colons too.
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
