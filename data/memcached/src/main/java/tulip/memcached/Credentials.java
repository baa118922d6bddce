// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

/// A user name and a password, for servers that ask for them: those started with `-Y`.
///
/// They are sent in plain text: use TLS.
///
/// @param user without blanks
/// @param password not shown in messages
public record Credentials(String user, String password) {
  /// {@return the user alone}
  @Override
  public String toString() {
    return "Credentials[" + user + "]";
  }
}
