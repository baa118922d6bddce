// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tulip.redis.protocol.Reply;

/// The server and the connection, and what is published: some commands of Redis's groups "server",
/// "connection" and "pubsub".
public interface ServerCommands extends Commands {
  /// PING: the server answers.
  default void ping() throws IOException {
    call("PING");
  }

  /// ECHO: the same text.
  default String echo(String text) throws IOException {
    return call("ECHO", text).string();
  }

  /// TIME: the server's time.
  default Instant time() throws IOException {
    var parts = call("TIME").list(Reply::integer);
    return Instant.ofEpochSecond(parts.get(0), parts.get(1) * 1000);
  }

  /// DBSIZE: how many keys there are.
  default long dbsize() throws IOException {
    return call("DBSIZE").integer();
  }

  /// FLUSHDB: deletes all keys of the database.
  default void flushdb() throws IOException {
    call("FLUSHDB");
  }

  /// FLUSHALL: deletes all keys of all databases.
  default void flushall() throws IOException {
    call("FLUSHALL");
  }

  /// INFO: what the server tells about itself, one `name:value` a line.
  default String info(String... sections) throws IOException {
    return call(Arguments.of("INFO").add((Object[]) sections).toArray()).string();
  }

  /// CONFIG GET: the settings that match a pattern.
  default Map<String, String> configGet(String pattern) throws IOException {
    return call("CONFIG", "GET", pattern).map(Reply::string);
  }

  /// CONFIG SET: changes a setting until the server ends.
  default void configSet(String name, Object value) throws IOException {
    call("CONFIG", "SET", name, value);
  }

  /// CLIENT ID: the number that the server has given the connection.
  default long clientId() throws IOException {
    return call("CLIENT", "ID").integer();
  }

  /// CLIENT LIST: what the server tells about its clients, one a line.
  default String clientList() throws IOException {
    return call("CLIENT", "LIST").string();
  }

  /// CLIENT KILL: cuts a connection.
  ///
  /// @return how many
  default long clientKill(long id) throws IOException {
    return call("CLIENT", "KILL", "ID", id).integer();
  }

  /// PUBLISH: sends a message to all that have subscribed to a channel.
  ///
  /// @return how many got it from this server
  default long publish(String channel, Object message) throws IOException {
    return call("PUBLISH", channel, message).integer();
  }

  /// SPUBLISH: sends a message to all that have subscribed to a sharded channel.
  ///
  /// @return how many got it from this server
  default long spublish(String channel, Object message) throws IOException {
    return call("SPUBLISH", channel, message).integer();
  }

  /// PUBSUB CHANNELS: the channels that somebody has subscribed to.
  default List<String> pubsubChannels() throws IOException {
    return call("PUBSUB", "CHANNELS").list(Reply::string);
  }
}
