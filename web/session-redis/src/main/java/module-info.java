// SPDX-License-Identifier: Apache-2.0

/// Sessions of web applications in Redis.
@org.jspecify.annotations.NullMarked
module tulip.http.session.redis {
  requires static transitive org.jspecify;
  requires transitive tulip.http;
  requires transitive tulip.redis;

  exports tulip.http.session.redis;
}
