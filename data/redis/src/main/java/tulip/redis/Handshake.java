// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// What is said first on a connection: the version of the protocol, who this is, and which database
/// it uses.
final class Handshake {
  /// What servers answer that do not know HELLO, or not this version.
  private static final Set<String> UNKNOWN = Set.of("ERR", "NOPROTO");

  private static final String NO_LOGIN = "NOAUTH";

  private final RedisConnection connection;
  private final Login login;

  private Handshake(RedisConnection connection, Login login) {
    this.connection = connection;
    this.login = login;
  }

  /// Logs in.
  ///
  /// @return the version of the protocol that is spoken from now on
  /// @throws RedisConnectionException if the server refuses something that was asked for
  static int run(RedisConnection connection, Login login) throws IOException {
    var handshake = new Handshake(connection, login);
    int protocol = login.protocol() == 3 && handshake.hello() ? 3 : 2;
    if (protocol == 2) {
      handshake.authenticate();
    }
    handshake.introduce();
    return protocol;
  }

  /// @return whether the server speaks version 3
  private boolean hello() throws IOException {
    var hello = Arguments.of("HELLO", 3);
    if (login.password() != null) {
      hello.add("AUTH", user(), login.password());
    }
    var refusal = ask(hello.toArray());
    if (refusal != null && !UNKNOWN.contains(refusal.code())) {
      throw refused("the login", refusal);
    }
    return refusal == null;
  }

  private void authenticate() throws IOException {
    if (login.password() == null) {
      return;
    }
    var refusal =
        login.username() == null
            ? ask("AUTH", login.password())
            : ask("AUTH", user(), login.password());
    if (refusal != null) {
      throw refused("the login", refusal);
    }
  }

  private String user() {
    return login.username() == null ? "default" : login.username();
  }

  /// Says what the server keeps about a connection. An older one does not know all of it, and a
  /// sentinel has no databases.
  private void introduce() throws IOException {
    var batch = new Batch();
    batch.putAnyway("CLIENT", "SETINFO", "LIB-NAME", "tulip");
    if (login.clientName() != null) {
      batch.putAnyway("CLIENT", "SETNAME", login.clientName());
    }
    if (login.database() != 0) {
      batch.putAnyway("SELECT", login.database());
    }
    var replies = connection.pipeline(batch);
    for (int i = 0; i < replies.size(); i++) {
      if (replies.get(i) instanceof Reply.Failure failure
          && (i > 0 || failure.code().equals(NO_LOGIN))) {
        throw refused("the name or the database " + login.database(), failure);
      }
    }
  }

  private Reply.@Nullable Failure ask(Object... command) throws IOException {
    return connection.ask(Duration.ZERO, command) instanceof Reply.Failure failure ? failure : null;
  }

  private RedisConnectionException refused(String what, Reply.Failure failure) {
    var advice =
        failure.code().equals(NO_LOGIN)
            ? "; it wants a password: redis://:password@host, or Login.withPassword"
            : "";
    return new RedisConnectionException(
        "the server refused " + what + ": " + failure.message() + advice, false, null);
  }
}
