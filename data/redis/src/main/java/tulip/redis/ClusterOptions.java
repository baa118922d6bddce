// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// How a client of a cluster connects and works.
///
/// @param seeds nodes to ask first which others there are; one that answers is enough
/// @param node how each node is connected to and used; its endpoint counts for nothing but whether
///   TLS is spoken, its database is 0. While no node serves a slot commands wait for one as long as
///   [tulip.pool.SessionOptions#awaitTimeout] says, or fail at once if [RedisOptions#failFast] does
/// @param readFrom which nodes answer commands that change nothing: the masters, if nothing else is
///   said
/// @param refreshAfter how long the client believes what it knows of the cluster, 1 minute. A node
///   that corrects it, and a connection that is lost, have it ask at once
/// @param addresses where a node is reached that others call so: for networks that translate
///   addresses
public record ClusterOptions(
    List<Endpoint.Host> seeds,
    RedisOptions node,
    ReadFrom readFrom,
    Duration refreshAfter,
    UnaryOperator<Endpoint.Host> addresses) {
  /// Checks them.
  public ClusterOptions {
    seeds = List.copyOf(seeds);
    if (seeds.isEmpty() || !refreshAfter.isPositive()) {
      throw new IllegalArgumentException(
          "a cluster has a node to begin with, and is asked after a time: %s, %s"
              .formatted(seeds, refreshAfter));
    }
    if (node.login().database() != 0) {
      throw new IllegalArgumentException(
          "a cluster has database 0 alone, not " + node.login().database());
    }
  }

  /// The usual options for a cluster.
  ///
  /// @param urls of some nodes, as [RedisOptions#parse] reads them; all but the hosts is taken from
  ///   the first
  /// @throws IllegalArgumentException if there is none, or one is no host
  public static ClusterOptions of(String... urls) {
    var nodes = Arrays.stream(urls).map(RedisOptions::parse).toList();
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a cluster has a node to begin with");
    }
    var seeds = nodes.stream().map(node -> Endpoint.Host.of(node.endpoint())).toList();
    return new ClusterOptions(
        seeds, nodes.getFirst(), ReadFrom.MASTER, Duration.ofMinutes(1), UnaryOperator.identity());
  }

  /// The same with other options of each node.
  public ClusterOptions withNode(RedisOptions node) {
    return new ClusterOptions(seeds, node, readFrom, refreshAfter, addresses);
  }

  /// The same with other nodes for what changes nothing.
  public ClusterOptions withReadFrom(ReadFrom readFrom) {
    return new ClusterOptions(seeds, node, readFrom, refreshAfter, addresses);
  }

  /// The same asking anew after another time.
  public ClusterOptions withRefreshAfter(Duration refreshAfter) {
    return new ClusterOptions(seeds, node, readFrom, refreshAfter, addresses);
  }

  /// The same with another translation of addresses.
  public ClusterOptions withAddresses(UnaryOperator<Endpoint.Host> addresses) {
    return new ClusterOptions(seeds, node, readFrom, refreshAfter, addresses);
  }
}
