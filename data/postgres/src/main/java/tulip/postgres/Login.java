// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ConnectException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.net.TlsAttributes;
import tulip.postgres.protocol.Authentication;
import tulip.postgres.protocol.FrontendWriter;
import tulip.postgres.protocol.PostgresFormatException;
import tulip.sasl.SaslException;
import tulip.sasl.ScramClient;
import tulip.sql.SqlError;
import tulip.sql.SqlException;

/// The proof of who this is, as the server asks for it.
final class Login {
  private static final String SCRAM = "SCRAM-SHA-256";
  private static final String SCRAM_PLUS = "SCRAM-SHA-256-PLUS";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 18;

  private final ByteStream stream;
  private final ServerAddress address;
  private @Nullable ScramClient scram;
  private boolean bound;
  private boolean verified;
  private boolean accepted;

  Login(ByteStream stream, ServerAddress address) {
    this.stream = stream;
    this.address = address;
  }

  /// Answers a message of the server.
  ///
  /// @return whether there is an answer to send
  boolean answer(Authentication asked, FrontendWriter out)
      throws IOException, PostgresFormatException {
    switch (asked) {
      case Authentication.Ok() -> {
        accepted = true;
        return false;
      }
      case Authentication.CleartextPassword() -> out.password(password());
      case Authentication.Md5Password(var salt) -> out.password(md5(password(), salt));
      case Authentication.Sasl(var mechanisms) -> begin(mechanisms, out);
      case Authentication.SaslContinue(var data) -> out.saslResponse(proof(data));
      case Authentication.SaslFinal(var data) -> {
        verify(data);
        return false;
      }
      case Authentication.Other(int code) ->
          throw new ConnectException(
              address + " wants a login of kind " + code + ", which is not known here");
    }
    return true;
  }

  private String password() throws IOException {
    var known = address.options().password();
    var file = address.options().passwordFile();
    if (known == null && file != null) {
      known = Tulip.blocking(() -> PasswordFile.find(file, address.endpoint(), address.options()));
    }
    if (known == null) {
      throw SqlException.of(
          new SqlError(
              "28P01",
              address + " wants a password: postgresql://user:password@host, PGPASSWORD, .pgpass"));
    }
    return known;
  }

  private String md5(String password, Bytes salt) {
    var inner = hash(password.getBytes(UTF_8), address.options().user().getBytes(UTF_8));
    return "md5" + hash(inner.getBytes(UTF_8), salt.toByteArray());
  }

  private static String hash(byte[] one, byte[] two) {
    try {
      var digest = MessageDigest.getInstance("MD5");
      digest.update(one);
      return HexFormat.of().formatHex(digest.digest(two));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no MD5; the server should use SCRAM", e);
    }
  }

  // SCRAM.

  private void begin(List<String> mechanisms, FrontendWriter out) throws IOException {
    var binding =
        address.options().channelBinding() == ChannelBinding.DISABLE
            ? null
            : stream.attribute(TlsAttributes.SERVER_END_POINT_BINDING);
    bound = binding != null && mechanisms.contains(SCRAM_PLUS);
    if (!bound && !mechanisms.contains(SCRAM)) {
      throw new ConnectException(address + " knows no login that is known here: " + mechanisms);
    }
    var nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    var text = Base64.getEncoder().encodeToString(nonce);
    if (bound && binding != null) {
      var channel = new ScramClient.Binding("tls-server-end-point", binding);
      scram = ScramClient.openBound(SCRAM_PLUS, "", password(), text, channel);
    } else if (binding != null) {
      scram = ScramClient.openUnbound(SCRAM, "", password(), text);
    } else {
      scram = ScramClient.open(SCRAM, "", password(), text);
    }
    out.saslInitialResponse(bound ? SCRAM_PLUS : SCRAM, scram.first());
  }

  /// On a thread: thousands of hashes.
  private Bytes proof(Bytes serverFirst) throws IOException, PostgresFormatException {
    var client = begun();
    try {
      return Tulip.blocking(() -> client.answer(serverFirst));
    } catch (SaslException e) {
      throw new ConnectException(address + ": " + e.getMessage());
    }
  }

  private void verify(Bytes serverFinal) throws IOException, PostgresFormatException {
    try {
      begun().verify(serverFinal);
      verified = true;
    } catch (SaslException e) {
      throw new ConnectException(address + ": " + e.getMessage());
    }
  }

  private ScramClient begun() throws PostgresFormatException {
    if (scram == null) {
      throw new PostgresFormatException("SASL goes on without having begun");
    }
    return scram;
  }

  /// At the end of the login.
  ///
  /// @throws IOException if the server has left out what it owes
  void checkDone() throws IOException {
    if (!accepted || (scram != null && !verified)) {
      throw new ConnectException(address + " has not ended the login as it should");
    }
    if (address.options().channelBinding() == ChannelBinding.REQUIRE && !bound) {
      throw new ConnectException(address + " does not bind the login to TLS, as it must");
    }
  }
}
