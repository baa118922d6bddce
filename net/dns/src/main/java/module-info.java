// SPDX-License-Identifier: Apache-2.0

/// The domain name system for tasks: a stub resolver, and the codec of its messages.
@org.jspecify.annotations.NullMarked
module tulip.dns {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;
  requires transitive tulip.core;
  requires transitive tulip.net;

  exports tulip.dns;
  exports tulip.dns.protocol;

  uses java.net.spi.InetAddressResolverProvider;

  // Changes nothing unless a system property asks for it.
  provides java.net.spi.InetAddressResolverProvider with
      tulip.dns.TaskResolverProvider;
}
