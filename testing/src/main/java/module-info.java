// SPDX-License-Identifier: Apache-2.0

/// What tests of Tulip programs need: contracts, memory streams, faults and JUnit support.
@org.jspecify.annotations.NullMarked
module tulip.testing {
  requires static transitive org.jspecify;
  requires static transitive org.junit.jupiter.api;
  requires static java.logging;
  requires static org.junit.platform.launcher;
  requires transitive tulip.bytes;
  requires transitive tulip.core;

  exports tulip.testing;
  exports tulip.testing.loop;

  opens tulip.testing to
      org.junit.platform.commons;
  opens tulip.testing.loop to
      org.junit.platform.commons;
}
