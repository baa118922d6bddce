// SPDX-License-Identifier: Apache-2.0

/// What tests of network programs need: the contract of streams, and peers that misbehave.
@org.jspecify.annotations.NullMarked
module tulip.net.testing {
  requires static transitive org.jspecify;
  requires static transitive org.junit.jupiter.api;
  requires static transitive org.junit.jupiter.params;
  requires transitive tulip.net;

  exports tulip.net.testing;

  opens tulip.net.testing to
      org.junit.platform.commons;
}
