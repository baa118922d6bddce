// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tulip.memcached.Request.Flags;
import tulip.memcached.protocol.Command;

/// A client of one memcached server, or of several that share the keys.
///
/// ```java
/// try (var memcached = Memcached.open("localhost", 11211)) {
///   memcached.set("greeting", "hello", Duration.ofMinutes(5));
///   System.out.println(memcached.get("greeting"));
/// }
/// ```
///
/// All tasks of a loop share one client, and it has one connection to each server: what they ask at
/// the same time leaves in one piece. It is opened when it is first needed, and again after a loss.
///
/// **Keys** are 1 to 250 bytes long, without blanks and control characters, unless
/// [MemcachedOptions#keys] says otherwise; another key is an [IllegalArgumentException]. **Values**
/// are what the [ValueCodec] makes of them, text if nothing else is said. **Times to live** are
/// rounded up to seconds; without one, or with [#NEVER], an item stays until the server needs its
/// room.
///
/// **Cancellation** ends the wait, not the request: what was sent may be executed, and its reply is
/// dropped.
///
/// **Errors.** All methods that wait throw [MemcachedException] for what the server says, and
/// [tulip.pool.ConnectionLostException] without a connection, which tells whether the request may
/// have been executed. Nothing is sent twice.
///
/// A client belongs to the loop on which it was made, and its methods are for that loop's tasks.
///
/// @param <V> the type of the values
public final class Memcached<V> implements AutoCloseable {
  /// The time to live of what does not expire.
  public static final Duration NEVER = ChronoUnit.FOREVER.getDuration();

  private static final char ADD = 'E';
  private static final char REPLACE = 'R';
  private static final char APPEND = 'A';
  private static final char PREPEND = 'P';
  private static final char DECREMENT = 'D';

  private final Servers servers;
  private final MemcachedOptions options;
  private final Reading<V> reading;
  private final Writing<V> writing;

  private Memcached(Servers servers, MemcachedOptions options, ValueCodec<V> codec) {
    this.servers = servers;
    this.options = options;
    reading = new Reading<>(servers, codec, options);
    writing = new Writing<>(servers, codec, options);
  }

  /// A client of one server, for text. Does not connect yet. In a task.
  public static Memcached<String> open(String host, int port) {
    return open(List.of(Endpoint.of(host, port)), MemcachedOptions.DEFAULT);
  }

  /// A client of some servers, for text. Does not connect yet. In a task.
  ///
  /// @param servers all clients of the same servers must name them alike; the order is nothing
  public static Memcached<String> open(List<Endpoint> servers, MemcachedOptions options) {
    return new Memcached<>(new Servers(servers, options), options, ValueCodec.text());
  }

  /// This client for other values, over the same connections: to close one is to close all.
  public <W> Memcached<W> withValues(ValueCodec<W> codec) {
    return new Memcached<>(servers, options, codec);
  }

  // Reading.

  /// The value under a key, or `null`.
  public @Nullable V get(String key) throws IOException {
    return reading.get(key);
  }

  /// The value under a key with its version, or `null`.
  public @Nullable Item<V> gets(String key) throws IOException {
    return reading.gets(key);
  }

  /// The values under some keys, without those that are not there, in the order of the keys.
  public Map<String, V> getMulti(Collection<String> keys) throws IOException {
    return reading.getMulti(keys);
  }

  /// The values under some keys with their versions, as [#getMulti].
  public Map<String, Item<V>> getsMulti(Collection<String> keys) throws IOException {
    return reading.getsMulti(keys);
  }

  /// The value under a key, or `null`; it lives for so long from now on.
  public @Nullable V gat(String key, Duration life) throws IOException {
    return reading.gat(key, life);
  }

  /// Looks for a value that one of many is to compute if there is none.
  ///
  /// If there is none, the server marks the place as taken for `vivify`, in which all others that
  /// ask learn that somebody is about to compute the value. While that lasts a plain [#get] finds
  /// an empty value. An empty value is not told from a place that is taken.
  ///
  /// Of a server that is away, if that counts as a miss, everybody is told to compute.
  ///
  /// @param vivify how long the others wait before the next is asked to compute
  /// @param recache if a value lives for less than this, somebody is asked to compute it anew
  public Lease<V> lease(String key, Duration vivify, Duration recache) throws IOException {
    return reading.lease(key, vivify, recache);
  }

  // Writing.

  /// Stores a value.
  public void set(String key, V value) throws IOException {
    set(key, value, NEVER);
  }

  /// Stores a value for some time.
  ///
  /// @throws ValueTooLargeException if it is larger than the server accepts
  public void set(String key, V value, Duration life) throws IOException {
    writing.store(key, value, life, Flags.NONE);
  }

  /// Stores many values. They are sent one behind the other, and the replies are awaited together.
  ///
  /// @throws MemcachedException if the server refuses one; the others are stored
  public void setMulti(Map<String, V> values, Duration life) throws IOException {
    writing.setMulti(values, life);
  }

  /// Stores a value if there is none.
  ///
  /// @return false if there is one
  public boolean add(String key, V value, Duration life) throws IOException {
    return Replies.isDone(writing.store(key, value, life, out -> out.flag('M', ADD)));
  }

  /// Stores a value if there is one already.
  ///
  /// @return false if there is none
  public boolean replace(String key, V value, Duration life) throws IOException {
    return Replies.isDone(writing.store(key, value, life, out -> out.flag('M', REPLACE)));
  }

  /// Adds to the end of a value, as the codec encodes what is added: not for compressed values.
  /// Time to live and flags stay.
  ///
  /// @return false if there is none
  public boolean append(String key, V more) throws IOException {
    return Replies.isDone(writing.store(key, more, NEVER, out -> out.flag('M', APPEND)));
  }

  /// Adds to the front of a value, as [#append].
  ///
  /// @return false if there is none
  public boolean prepend(String key, V more) throws IOException {
    return Replies.isDone(writing.store(key, more, NEVER, out -> out.flag('M', PREPEND)));
  }

  /// Stores a value if the item has not changed since it was read.
  ///
  /// @param cas the version from [#gets]
  public CasResult cas(String key, V value, long cas, Duration life) throws IOException {
    return Replies.casResult(writing.store(key, value, life, out -> out.flag('C', cas)));
  }

  /// Removes an item.
  ///
  /// @return false if there is none
  public boolean delete(String key) throws IOException {
    return Replies.isDone(writing.change(Command.MD, key, Flags.NONE));
  }

  /// Removes an item that has not changed since it was read.
  ///
  /// @param cas the version from [#gets]
  public CasResult delete(String key, long cas) throws IOException {
    return Replies.casResult(writing.change(Command.MD, key, out -> out.flag('C', cas)));
  }

  /// Marks a value as stale: it can still be read, and the first that asks for a [#lease] is asked
  /// to compute it anew.
  ///
  /// @param life how long the stale value may still be used
  /// @return false if there is none
  public boolean invalidate(String key, Duration life) throws IOException {
    int expiry = writing.expiry(life);
    return Replies.isDone(writing.change(Command.MD, key, out -> out.flag('I').flag('T', expiry)));
  }

  /// Has an item live for so long from now on.
  ///
  /// @return false if there is none
  public boolean touch(String key, Duration life) throws IOException {
    int expiry = writing.expiry(life);
    return Replies.isDone(writing.change(Command.MG, key, out -> out.flag('T', expiry)));
  }

  // Counting. Counters are unsigned numbers of 64 bits, stored as decimal digits.

  /// Adds to a counter. Beyond 2^64 it begins anew at 0.
  ///
  /// @param delta not negative
  /// @return what it is now, unsigned; nothing if there is none
  /// @throws ClientErrorException if the value is no number
  public OptionalLong incr(String key, long delta) throws IOException {
    return writing.count(key, delta, Flags.NONE);
  }

  /// Adds to a counter, or makes one.
  ///
  /// @param initial what it is if it is made now
  /// @param life for which it is made
  public long incr(String key, long delta, long initial, Duration life) throws IOException {
    return writing.countOrMake(key, delta, initial, life, Flags.NONE);
  }

  /// Takes from a counter, which does not go below 0.
  ///
  /// @param delta not negative
  /// @return what it is now, unsigned; nothing if there is none
  /// @throws ClientErrorException if the value is no number
  public OptionalLong decr(String key, long delta) throws IOException {
    return writing.count(key, delta, out -> out.flag('M', DECREMENT));
  }

  /// Takes from a counter, or makes one.
  ///
  /// @param initial what it is if it is made now
  /// @param life for which it is made
  public long decr(String key, long delta, long initial, Duration life) throws IOException {
    return writing.countOrMake(key, delta, initial, life, out -> out.flag('M', DECREMENT));
  }

  // The servers themselves.

  /// Makes all items of all servers expire, at once.
  public void flushAll() throws IOException {
    servers.tellAll("flush_all");
  }

  /// Makes all items of all servers expire, after some time.
  public void flushAll(Duration delay) throws IOException {
    servers.tellAll("flush_all " + writing.expiry(delay));
  }

  /// The statistics of each server.
  public Map<Endpoint, Map<String, String>> stats() throws IOException {
    return servers.listAll("stats");
  }

  /// A part of the statistics of each server.
  ///
  /// @param section such as `items`, `slabs`, `settings`; `reset` sets them to zero
  public Map<Endpoint, Map<String, String>> stats(String section) throws IOException {
    return servers.listAll("stats " + section);
  }

  /// The version of each server.
  public Map<Endpoint, String> version() throws IOException {
    return servers.askAll("version");
  }

  /// Says how much the servers write into their logs.
  ///
  /// @param level 0 for nothing
  public void verbosity(int level) throws IOException {
    servers.tellAll("verbosity " + level);
  }

  /// Waits until every server has replied to everything that was sent before.
  public void noop() throws IOException {
    servers.tellAll("mn");
  }

  /// Facts about an item that do not count as its use: `exp`, `la`, `cas`, `fetch`, `cls`, `size`;
  /// `null` if there is none.
  public @Nullable Map<String, String> debug(String key) throws IOException {
    return reading.debug(key);
  }

  /// Ends all connections. Whoever still waits for a reply fails.
  @Override
  public void close() {
    servers.close();
  }

  @Override
  public String toString() {
    return "memcached client of " + servers;
  }
}
