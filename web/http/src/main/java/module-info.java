// SPDX-License-Identifier: Apache-2.0

/// HTTP: web applications and their server, and the protocol of client and server without I/O.
@org.jspecify.annotations.NullMarked
module tulip.http {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;
  requires transitive tulip.core;
  requires transitive tulip.net;
  requires transitive tulip.pool;

  exports tulip.http;
  exports tulip.http.client;
  exports tulip.http.coding;
  exports tulip.http.fields;
  exports tulip.http.protocol;
}
