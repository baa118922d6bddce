// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.bytes.MalformedException;
import tulip.memcached.MemcachedOptions.WhenDown;
import tulip.memcached.Request.Flags;
import tulip.memcached.protocol.Command;
import tulip.memcached.protocol.Expiry;
import tulip.memcached.protocol.Reply;
import tulip.memcached.protocol.Reply.Code;
import tulip.pool.ConnectionLostException;

/// The commands that read.
record Reading<V>(Servers servers, ValueCodec<V> codec, MemcachedOptions options) {
  private static final Flags VALUE = out -> out.flag('f').flag('v');
  private static final Flags ITEM = out -> VALUE.write(out).flag('c');

  /// Makes a result of a reply that has a value.
  @FunctionalInterface
  private interface Result<R> {
    R of(String key, Reply.Meta reply) throws IOException;
  }

  @Nullable V get(String key) throws IOException {
    var reply = find(key, VALUE);
    return reply == null ? null : value(key, reply);
  }

  @Nullable Item<V> gets(String key) throws IOException {
    var reply = find(key, ITEM);
    return reply == null ? null : item(key, reply);
  }

  Map<String, V> getMulti(Collection<String> keys) throws IOException {
    return multi(keys, VALUE, this::value);
  }

  Map<String, Item<V>> getsMulti(Collection<String> keys) throws IOException {
    return multi(keys, ITEM, this::item);
  }

  @Nullable V gat(String key, Duration life) throws IOException {
    int expiry = Expiry.of(life, options.dates().instant());
    var reply = find(key, out -> VALUE.write(out).flag('T', expiry));
    return reply == null ? null : value(key, reply);
  }

  Lease<V> lease(String key, Duration vivify, Duration recache) throws IOException {
    int place = Expiry.of(vivify, options.dates().instant());
    if (recache.isNegative()) {
      throw new IllegalArgumentException("a value lives for no less than nothing: " + recache);
    }
    long soon = recache.toSeconds();
    var reply = find(key, out -> ITEM.write(out).flag('N', place).flag('R', soon));
    if (reply == null) { // only for want of a server: else there is at least the place
      return new Lease<>(null, true, false, 0);
    }
    var told = reply.recache();
    boolean taken = reply.value().isEmpty() && !told.stale() && (told.won() || told.taken());
    return new Lease<>(taken ? null : value(key, reply), told.won(), told.stale(), reply.cas());
  }

  /// The words `name=value` behind the key.
  @Nullable Map<String, String> debug(String key) throws IOException {
    var reply = servers.of(key).start(new Request(Command.ME, key, Flags.NONE)).awaitReply();
    if (reply instanceof Reply.Meta) {
      return null;
    }
    var words = List.of(Replies.line(reply).rest().split(" ", -1));
    var facts = new LinkedHashMap<String, String>();
    for (var word : words.subList(1, words.size())) {
      int equals = Math.max(0, word.indexOf('='));
      facts.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return facts;
  }

  private <R> Map<String, R> multi(Collection<String> keys, Flags flags, Result<R> result)
      throws IOException {
    var calls = new LinkedHashMap<String, @Nullable Exchange>();
    for (var key : keys) {
      if (!calls.containsKey(key)) {
        calls.put(key, start(key, flags));
      }
    }
    var found = new LinkedHashMap<String, R>();
    for (var entry : calls.entrySet()) {
      var call = entry.getValue();
      var reply = call == null ? null : await(call);
      if (reply != null) {
        found.put(entry.getKey(), result.of(entry.getKey(), reply));
      }
    }
    return found;
  }

  private Reply.@Nullable Meta find(String key, Flags flags) throws IOException {
    var call = start(key, flags);
    return call == null ? null : await(call);
  }

  /// Asks; `null` if the server is away and that counts as a miss.
  private @Nullable Exchange start(String key, Flags flags) throws IOException {
    try {
      return servers.of(key).start(new Request(Command.MG, key, flags));
    } catch (ConnectionLostException e) {
      failUnlessMiss(e);
      return null;
    }
  }

  /// Waits for the reply; `null` for a miss.
  private Reply.@Nullable Meta await(Exchange call) throws IOException {
    try {
      var reply = Replies.meta(call.awaitReply());
      return reply.code() == Code.EN ? null : reply;
    } catch (ConnectionLostException e) {
      failUnlessMiss(e);
      return null;
    }
  }

  private void failUnlessMiss(ConnectionLostException e) throws ConnectionLostException {
    if (options.whenDown() == WhenDown.FAIL) {
      throw e;
    }
  }

  private Item<V> item(String key, Reply.Meta reply) throws ValueFormatException {
    return new Item<>(value(key, reply), reply.cas());
  }

  private V value(String key, Reply.Meta reply) throws ValueFormatException {
    try {
      return codec.decode(new ValueCodec.Encoded(reply.value(), reply.flags()));
    } catch (MalformedException e) {
      throw new ValueFormatException(key, e);
    }
  }
}
