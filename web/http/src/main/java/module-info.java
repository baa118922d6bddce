// SPDX-License-Identifier: Apache-2.0

/// HTTP for clients and servers: so far the protocol, without I/O.
@org.jspecify.annotations.NullMarked
module tulip.http {
  requires static transitive org.jspecify;
  requires transitive tulip.bytes;

  exports tulip.http.fields;
  exports tulip.http.protocol;
}
