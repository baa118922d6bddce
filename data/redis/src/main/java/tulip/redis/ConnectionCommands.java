// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// Connections to the server, this one and others: some commands of Redis's group "connection".
public interface ConnectionCommands extends Commands {
  /// PING: the server answers.
  default void ping() throws IOException {
    call(Reply::orThrow, "PING");
  }

  /// ECHO: the same text.
  default String echo(String text) throws IOException {
    return call(Reply::string, "ECHO", text);
  }

  /// CLIENT ID: the number that the server has given the connection.
  default long clientId() throws IOException {
    return call(Reply::integer, "CLIENT", "ID");
  }

  /// CLIENT GETNAME: the name of the connection, or `null` if it has none.
  default @Nullable String clientGetname() throws IOException {
    return this.<@Nullable String>call(
        reply -> reply.isNull() || reply.string().isEmpty() ? null : reply.string(),
        "CLIENT",
        "GETNAME");
  }

  /// CLIENT INFO: what the server tells about the connection.
  default String clientInfo() throws IOException {
    return call(Reply::string, "CLIENT", "INFO");
  }

  /// CLIENT LIST: what the server tells about its clients, one a line.
  default String clientList() throws IOException {
    return call(Reply::string, "CLIENT", "LIST");
  }

  /// CLIENT KILL: cuts a connection.
  ///
  /// @return how many
  default long clientKill(long id) throws IOException {
    return call(Reply::integer, "CLIENT", "KILL", "ID", id);
  }

  /// CLIENT UNBLOCK: has a command that waits on another connection end as if its time were over.
  ///
  /// @return whether there was one
  default boolean clientUnblock(long id) throws IOException {
    return call(Reply::truth, "CLIENT", "UNBLOCK", id);
  }

  /// CLIENT PAUSE with WRITE: has all clients wait that want to change something.
  ///
  /// @param time for how long
  default void clientPause(Duration time) throws IOException {
    call(Reply::orThrow, "CLIENT", "PAUSE", time.toMillis(), "WRITE");
  }

  /// CLIENT UNPAUSE: takes [#clientPause] back.
  default void clientUnpause() throws IOException {
    call(Reply::orThrow, "CLIENT", "UNPAUSE");
  }
}
