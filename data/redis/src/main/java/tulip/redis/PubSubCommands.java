// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import tulip.redis.protocol.Reply;

/// Messages to whoever listens: the commands of Redis's group "pubsub" that have one reply.
/// [Redis#subscribe] is for listening.
public interface PubSubCommands extends Commands {
  /// PUBLISH: sends a message to all that have subscribed to a channel.
  ///
  /// @return how many got it from this server
  default long publish(String channel, Object message) throws IOException {
    return call(Reply::integer, "PUBLISH", channel, message);
  }

  /// SPUBLISH: sends a message to all that have subscribed to a sharded channel.
  ///
  /// @return how many got it from this server
  default long spublish(String channel, Object message) throws IOException {
    return call(Reply::integer, "SPUBLISH", channel, message);
  }

  /// PUBSUB CHANNELS: the channels that somebody has subscribed to.
  default List<String> pubsubChannels() throws IOException {
    return call(Reply::strings, "PUBSUB", "CHANNELS");
  }

  /// PUBSUB CHANNELS: those that match a pattern.
  default List<String> pubsubChannels(String pattern) throws IOException {
    return call(Reply::strings, "PUBSUB", "CHANNELS", pattern);
  }

  /// PUBSUB NUMSUB: how many have subscribed to channels.
  default Map<String, Long> pubsubNumsub(String... channels) throws IOException {
    return call(
        reply -> reply.map(Reply::integer),
        Arguments.of("PUBSUB", "NUMSUB").each(channels).toArray());
  }

  /// PUBSUB NUMPAT: how many patterns somebody has subscribed to.
  default long pubsubNumpat() throws IOException {
    return call(Reply::integer, "PUBSUB", "NUMPAT");
  }

  /// PUBSUB SHARDCHANNELS: the sharded channels that somebody has subscribed to.
  default List<String> pubsubShardchannels() throws IOException {
    return call(Reply::strings, "PUBSUB", "SHARDCHANNELS");
  }

  /// PUBSUB SHARDNUMSUB: how many have subscribed to sharded channels.
  default Map<String, Long> pubsubShardnumsub(String... channels) throws IOException {
    return call(
        reply -> reply.map(Reply::integer),
        Arguments.of("PUBSUB", "SHARDNUMSUB").each(channels).toArray());
  }
}
