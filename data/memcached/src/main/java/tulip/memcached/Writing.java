// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tulip.bytes.MalformedException;
import tulip.memcached.Request.Flags;
import tulip.memcached.protocol.Command;
import tulip.memcached.protocol.Expiry;
import tulip.memcached.protocol.Reply;
import tulip.memcached.protocol.Reply.Code;
import tulip.pool.ConnectionLostException;

/// The commands that change items.
record Writing<V>(Servers servers, ValueCodec<V> codec, MemcachedOptions options) {
  int expiry(Duration life) {
    return Expiry.of(life, options.dates().instant());
  }

  Reply.Meta store(String key, V value, Duration life, Flags condition) throws IOException {
    return servers.of(key).exchange(storing(key, value, life, condition));
  }

  void setMulti(Map<String, V> values, Duration life) throws IOException {
    var failures = new ArrayList<MemcachedException>(0);
    for (var call : startAll(values, life)) {
      try {
        Replies.meta(call.awaitReply());
      } catch (MemcachedException e) {
        failures.add(e);
      }
    }
    throwFirst(failures);
  }

  private List<Exchange> startAll(Map<String, V> values, Duration life) throws IOException {
    var calls = new ArrayList<Exchange>(values.size());
    try {
      for (var entry : values.entrySet()) {
        var key = entry.getKey();
        calls.add(servers.of(key).start(storing(key, entry.getValue(), life, Flags.NONE)));
      }
      return calls;
    } catch (ConnectionLostException e) {
      throw Replies.among(calls, e);
    }
  }

  private static void throwFirst(ArrayList<MemcachedException> failures) throws MemcachedException {
    if (!failures.isEmpty()) {
      var first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }

  private Request storing(String key, V value, Duration life, Flags condition) {
    var encoded = codec.encode(value);
    int expiry = expiry(life);
    Flags flags =
        out -> {
          condition.write(out);
          if (encoded.flags() != 0) {
            out.flag('F', Integer.toUnsignedLong(encoded.flags()));
          }
          return expiry == Expiry.NEVER ? out : out.flag('T', expiry);
        };
    return new Request(Command.MS, key, flags, encoded.bytes());
  }

  Reply.Meta change(Command command, String key, Flags flags) throws IOException {
    return servers.of(key).exchange(new Request(command, key, flags));
  }

  OptionalLong count(String key, long delta, Flags mode) throws IOException {
    if (delta < 0) {
      throw new IllegalArgumentException("incr and decr take positive numbers, not " + delta);
    }
    var reply = change(Command.MA, key, out -> mode.write(out).flag('v').flag('D', delta));
    return reply.code() == Code.VA ? OptionalLong.of(counter(key, reply)) : OptionalLong.empty();
  }

  long countOrMake(String key, long delta, long initial, Duration life, Flags mode)
      throws IOException {
    int expiry = expiry(life);
    Flags making = out -> mode.write(out).flag('J', initial).flag('N', expiry);
    return count(key, delta, making)
        .orElseThrow(() -> new ServerErrorException("the server made no counter for " + key));
  }

  private static long counter(String key, Reply.Meta reply) throws ValueFormatException {
    var digits = reply.value().ascii().strip(); // decr leaves blanks where digits were
    try {
      return Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw new ValueFormatException(key, new MalformedException("no number: " + digits));
    }
  }
}
