// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.protocol;

import java.util.ArrayList;
import java.util.List;
import tulip.bytes.Bytes;

/// What a server says during the login.
public sealed interface Authentication {
  /// It is satisfied.
  record Ok() implements Authentication {}

  /// It wants the password as it is.
  record CleartextPassword() implements Authentication {}

  /// It wants a hash of the password.
  ///
  /// @param salt four bytes
  record Md5Password(Bytes salt) implements Authentication {}

  /// It wants a proof by SASL.
  ///
  /// @param mechanisms that it knows
  record Sasl(List<String> mechanisms) implements Authentication {}

  /// It goes on with SASL.
  ///
  /// @param data of the mechanism
  record SaslContinue(Bytes data) implements Authentication {}

  /// It ends SASL.
  ///
  /// @param data of the mechanism
  record SaslFinal(Bytes data) implements Authentication {}

  /// It wants something else: Kerberos, GSSAPI, SSPI.
  ///
  /// @param code as in the manual
  record Other(int code) implements Authentication {}

  /// Reads the present message.
  ///
  /// @throws PostgresFormatException if it is malformed
  static Authentication read(BackendReader message) throws PostgresFormatException {
    int code = message.takeInt();
    return switch (code) {
      case 0 -> new Ok();
      case 3 -> new CleartextPassword();
      case 5 -> new Md5Password(message.take(4));
      case 10 -> new Sasl(mechanisms(message));
      case 11 -> new SaslContinue(message.take(message.remaining()));
      case 12 -> new SaslFinal(message.take(message.remaining()));
      default -> new Other(code);
    };
  }

  private static List<String> mechanisms(BackendReader message) throws PostgresFormatException {
    var mechanisms = new ArrayList<String>();
    for (var name = message.takeString(); !name.isEmpty(); name = message.takeString()) {
      mechanisms.add(name);
    }
    return mechanisms;
  }
}
