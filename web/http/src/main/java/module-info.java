// SPDX-License-Identifier: Apache-2.0

/// HTTP: client sessions; web applications and their server; the protocol of both without I/O.
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
  exports tulip.http.middleware;
  exports tulip.http.multipart;
  exports tulip.http.protocol;
  exports tulip.http.session;
  exports tulip.http.sse;

  uses tulip.http.JsonCodec;
  uses tulip.http.coding.ContentCoding;
}
