// SPDX-License-Identifier: Apache-2.0

/// Sessions of web applications in memcached: [tulip.http.session.memcached.MemcachedSessions].
package tulip.http.session.memcached;
