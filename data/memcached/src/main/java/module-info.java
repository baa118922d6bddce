// SPDX-License-Identifier: Apache-2.0

/// memcached: a client for tasks, and its codec.
@org.jspecify.annotations.NullMarked
module tulip.memcached {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;
  requires transitive tulip.core;
  requires transitive tulip.net;
  requires transitive tulip.pool;
  requires tulip.pipelining;

  exports tulip.memcached;
  exports tulip.memcached.protocol;
}
