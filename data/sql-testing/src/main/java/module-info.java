// SPDX-License-Identifier: Apache-2.0

/// What tests of database drivers need: the contract that each of them keeps.
@org.jspecify.annotations.NullMarked
module tulip.sql.testing {
  requires static transitive org.jspecify;
  requires static transitive org.junit.jupiter.api;
  requires static transitive org.junit.jupiter.params;
  requires transitive tulip.sql;

  exports tulip.sql.testing;

  opens tulip.sql.testing to
      org.junit.platform.commons;
}
