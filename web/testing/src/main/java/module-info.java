// SPDX-License-Identifier: Apache-2.0

/// What tests of web applications need: a server and a client in one line.
@org.jspecify.annotations.NullMarked
module tulip.http.testing {
  requires static transitive org.jspecify;
  requires transitive tulip.http;
  requires transitive tulip.websocket;

  exports tulip.http.testing;
}
