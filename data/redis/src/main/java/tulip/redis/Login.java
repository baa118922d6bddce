// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import org.jspecify.annotations.Nullable;

/// Who a client is, and what it uses: said on each new connection.
///
/// @param username of the access control list; `null` for the user `default`
/// @param password `null` if the server wants none
/// @param database its number, from 0
/// @param clientName what `CLIENT LIST` shows; `null` for nothing
/// @param protocol the version of RESP to ask for: 3, or 2. A server that knows no 3 is spoken to
///   in 2
public record Login(
    @Nullable String username,
    @Nullable String password,
    int database,
    @Nullable String clientName,
    int protocol) {
  /// Nobody in particular, on database 0.
  public static final Login ANONYMOUS = new Login(null, null, 0, null, 3);

  /// Checks it.
  public Login {
    if (username != null && password == null) {
      throw new IllegalArgumentException("user " + username + " has no password");
    }
    if (database < 0 || protocol < 2 || protocol > 3) {
      throw new IllegalArgumentException("database " + database + ", protocol " + protocol);
    }
  }

  /// The same with the password of the user `default`.
  public Login withPassword(String password) {
    return new Login(username, password, database, clientName, protocol);
  }

  /// The same with a user of the access control list.
  public Login withUser(String username, String password) {
    return new Login(username, password, database, clientName, protocol);
  }

  /// The same with another database.
  public Login withDatabase(int database) {
    return new Login(username, password, database, clientName, protocol);
  }

  /// The same with a name for `CLIENT LIST`.
  public Login withClientName(String clientName) {
    return new Login(username, password, database, clientName, protocol);
  }

  /// The same with another version of the protocol.
  public Login withProtocol(int protocol) {
    return new Login(username, password, database, clientName, protocol);
  }

  /// All but the password.
  @Override
  public String toString() {
    return "login of "
        + (username == null ? "default" : username)
        + " to database "
        + database
        + (clientName == null ? "" : " as " + clientName);
  }
}
