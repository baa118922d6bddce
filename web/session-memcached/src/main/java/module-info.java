// SPDX-License-Identifier: Apache-2.0

/// Sessions of web applications in memcached.
@org.jspecify.annotations.NullMarked
module tulip.http.session.memcached {
  requires static transitive org.jspecify;
  requires transitive tulip.http;
  requires transitive tulip.memcached;

  exports tulip.http.session.memcached;
}
