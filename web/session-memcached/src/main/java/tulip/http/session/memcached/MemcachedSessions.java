// SPDX-License-Identifier: Apache-2.0
package tulip.http.session.memcached;

import tulip.http.session.SessionStore;
import tulip.http.session.StoredSessions;
import tulip.memcached.Memcached;
import tulip.memcached.ValueCodec;

/// Sessions in memcached, for all servers that share it.
///
/// ```java
/// try (var memcached = Memcached.open("localhost", 11211)) {
///   app.use(Sessions.of(MemcachedSessions.of(memcached)));
///   ...
/// }
/// ```
///
/// memcached forgets what was not used for long when it needs the room, and everything when it is
/// restarted: users are logged out then. If it cannot be asked, requests that ask for their
/// sessions fail.
public final class MemcachedSessions {
  private static final String PREFIX = "session:";

  private MemcachedSessions() {}

  /// Sessions under keys that begin with `session:`.
  ///
  /// @param memcached of whatever values; the store is for its loop
  public static SessionStore of(Memcached<?> memcached) {
    return of(memcached, PREFIX);
  }

  /// Sessions under keys of one's own.
  ///
  /// @param memcached of whatever values; the store is for its loop
  /// @param prefix how the keys begin: at most 200 bytes
  public static SessionStore of(Memcached<?> memcached, String prefix) {
    return StoredSessions.in(new MemcachedValues(memcached.withValues(ValueCodec.bytes()), prefix));
  }
}
