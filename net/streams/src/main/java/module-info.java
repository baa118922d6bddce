// SPDX-License-Identifier: Apache-2.0

/// The network: streams, servers, TLS and datagrams, in straight-line code.
@org.jspecify.annotations.NullMarked
module tulip.net {
  requires static transitive org.jspecify;
  requires jdk.net;
  requires transitive tulip.bytes;
  requires transitive tulip.core;

  exports tulip.net;
  exports tulip.net.spi;
  exports tulip.net.workers;
}
