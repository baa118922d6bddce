// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tulip.memcached.protocol.KeyEncoding;
import tulip.net.TlsContext;
import tulip.pool.Backoff;

/// How a client works.
///
/// @param keys how keys become bytes
/// @param whenDown what becomes of reads while a server is away
/// @param backoff how long a server that could not be reached is left alone. Its limits of attempts
///   and time do not count: a client never gives a server up
/// @param connectTimeout how long connecting may take, with TLS and logging in
/// @param replyTimeout when a server has said nothing for so long (at most twice as long) though
///   replies are owed, the connection is given up. For a shorter limit of one call, use
///   [tulip.core.Tulip#timeout]
/// @param limits how much is kept in memory
/// @param tls how connections are encrypted, or `null`
/// @param credentials what the server wants to know, or `null`
/// @param dates what date it is, for times to live above thirty days
public record MemcachedOptions(
    KeyEncoding keys,
    WhenDown whenDown,
    Backoff backoff,
    Duration connectTimeout,
    Duration replyTimeout,
    MemcachedLimits limits,
    @Nullable TlsContext tls,
    @Nullable Credentials credentials,
    InstantSource dates) {
  /// What becomes of reads while a server is away.
  public enum WhenDown {
    /// They fail, as writes do.
    FAIL,
    /// They find nothing. Writes fail all the same.
    MISS
  }

  /// Text keys, failures as they come, 5 s to connect, 10 s of silence.
  public static final MemcachedOptions DEFAULT =
      new MemcachedOptions(
          KeyEncoding.TEXT,
          WhenDown.FAIL,
          Backoff.DEFAULT,
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          MemcachedLimits.DEFAULT,
          null,
          null,
          InstantSource.system());

  /// Checks the times.
  public MemcachedOptions {
    if (!connectTimeout.isPositive() || !replyTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "times are positive: " + connectTimeout + ", " + replyTimeout);
    }
  }

  /// The same with another encoding of keys.
  public MemcachedOptions withKeys(KeyEncoding keys) {
    return new MemcachedOptions(
        keys, whenDown, backoff, connectTimeout, replyTimeout, limits, tls, credentials, dates);
  }

  /// The same with another answer to a server that is away.
  public MemcachedOptions withWhenDown(WhenDown whenDown) {
    return new MemcachedOptions(
        keys, whenDown, backoff, connectTimeout, replyTimeout, limits, tls, credentials, dates);
  }

  /// The same with other pauses.
  public MemcachedOptions withBackoff(Backoff backoff) {
    return new MemcachedOptions(
        keys, whenDown, backoff, connectTimeout, replyTimeout, limits, tls, credentials, dates);
  }

  /// The same with another time for connecting.
  public MemcachedOptions withConnectTimeout(Duration connectTimeout) {
    return new MemcachedOptions(
        keys, whenDown, backoff, connectTimeout, replyTimeout, limits, tls, credentials, dates);
  }

  /// The same with another time of silence.
  public MemcachedOptions withReplyTimeout(Duration replyTimeout) {
    return new MemcachedOptions(
        keys, whenDown, backoff, connectTimeout, replyTimeout, limits, tls, credentials, dates);
  }

  /// The same with other limits.
  public MemcachedOptions withLimits(MemcachedLimits limits) {
    return new MemcachedOptions(
        keys, whenDown, backoff, connectTimeout, replyTimeout, limits, tls, credentials, dates);
  }

  /// The same with encrypted connections.
  public MemcachedOptions withTls(TlsContext tls) {
    return new MemcachedOptions(
        keys, whenDown, backoff, connectTimeout, replyTimeout, limits, tls, credentials, dates);
  }

  /// The same with a user and a password.
  public MemcachedOptions withCredentials(Credentials credentials) {
    return new MemcachedOptions(
        keys, whenDown, backoff, connectTimeout, replyTimeout, limits, tls, credentials, dates);
  }

  /// The same with dates from somewhere else.
  public MemcachedOptions withDates(InstantSource dates) {
    return new MemcachedOptions(
        keys, whenDown, backoff, connectTimeout, replyTimeout, limits, tls, credentials, dates);
  }
}
