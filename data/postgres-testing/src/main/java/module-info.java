// SPDX-License-Identifier: Apache-2.0

/// What tests of programs with PostgreSQL need: servers of their own.
@org.jspecify.annotations.NullMarked
module tulip.postgres.testing {
  requires static transitive org.jspecify;
  requires transitive tulip.net.testing;

  exports tulip.postgres.testing;
}
