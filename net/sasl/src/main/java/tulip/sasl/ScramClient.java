// SPDX-License-Identifier: Apache-2.0
package tulip.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// The client's side of SCRAM (RFC 5802, RFC 7677), without I/O: three messages, each by one
/// method, in order. Both sides prove that they know the password, and neither sends it.
///
/// ```java
/// var scram = ScramClient.open("SCRAM-SHA-256", user, password, nonce);
/// send(scram.first());
/// send(scram.answer(receive()));
/// scram.verify(receive());
/// ```
public final class ScramClient {
  /// More iterations are refused: a server could hold the client up for minutes.
  public static final int MAX_ITERATIONS = 10_000_000;

  private final Scram scram;
  private final byte[] password;
  private final String nonce;

  /// How the exchange is bound to the channel: `n,,`, `y,,` or `p=...,,`.
  private final String header;

  private final byte[] binding;
  private final String firstBare;
  private byte @Nullable [] serverSignature;

  private ScramClient(
      String mechanism, String user, String password, String nonce, String header, byte[] binding) {
    scram = Scram.of(mechanism);
    this.password = SaslPrep.prepare(password).getBytes(UTF_8);
    this.nonce = nonce;
    this.header = header;
    this.binding = binding;
    firstBare = "n=" + user.replace("=", "=3D").replace(",", "=2C") + ",r=" + nonce;
  }

  /// A client that is not bound to its channel.
  ///
  /// @param mechanism such as `SCRAM-SHA-256`
  /// @param user may be empty, if the protocol says it elsewhere
  /// @param nonce at least 18 random characters, without commas
  public static ScramClient open(String mechanism, String user, String password, String nonce) {
    return new ScramClient(mechanism, user, password, nonce, "n,,", new byte[0]);
  }

  /// A client that could be bound to its channel, if only the server could be, too. A server that
  /// can knows then that somebody between them has hidden it.
  ///
  /// @param nonce as for [#open]
  public static ScramClient openUnbound(
      String mechanism, String user, String password, String nonce) {
    return new ScramClient(mechanism, user, password, nonce, "y,,", new byte[0]);
  }

  /// A client that is bound to its TLS channel: the password proves nothing in another one.
  ///
  /// @param mechanism one that ends with `-PLUS`
  /// @param nonce as for [#open]
  /// @param binding what the channel says of itself
  public static ScramClient openBound(
      String mechanism, String user, String password, String nonce, Binding binding) {
    return new ScramClient(
        mechanism, user, password, nonce, "p=" + binding.type + ",,", binding.data.toByteArray());
  }

  /// What a channel says of itself.
  ///
  /// @param type `tls-server-end-point` (RFC 5929) or `tls-exporter` (RFC 9266)
  /// @param data of this channel
  public record Binding(String type, Bytes data) {}

  /// The first message to the server.
  public Bytes first() {
    return Bytes.ofUtf8(header + firstBare);
  }

  /// Answers the server's first message, with the proof. Computes for some milliseconds.
  ///
  /// @throws SaslException if the server says what cannot be
  public Bytes answer(Bytes serverFirst) throws SaslException {
    var text = serverFirst.utf8();
    var attributes = attributes(text);
    var both = attribute(attributes, 'r');
    if (!both.startsWith(nonce) || both.length() == nonce.length()) {
      throw new SaslException("the server does not answer this exchange: another nonce");
    }
    var salt = base64(attribute(attributes, 's'));
    int iterations = iterations(attribute(attributes, 'i'));
    var withoutProof = "c=" + encode(bindingInput()) + ",r=" + both;
    var message = (firstBare + "," + text + "," + withoutProof).getBytes(UTF_8);
    return Bytes.ofUtf8(withoutProof + ",p=" + encode(proof(salt, iterations, message)));
  }

  private byte[] bindingInput() {
    var start = header.getBytes(UTF_8);
    var all = Arrays.copyOf(start, start.length + binding.length);
    System.arraycopy(binding, 0, all, start.length, binding.length);
    return all;
  }

  /// RFC 5802, section 3.
  private byte[] proof(byte[] salt, int iterations, byte[] message) {
    var salted = scram.saltedPassword(password, salt, iterations);
    var clientKey = scram.hmac(salted, "Client Key".getBytes(UTF_8));
    var serverKey = scram.hmac(salted, "Server Key".getBytes(UTF_8));
    serverSignature = scram.hmac(serverKey, message);
    var proof = scram.hmac(scram.hash(clientKey), message);
    Scram.xor(proof, clientKey);
    return proof;
  }

  /// Verifies the server's last message.
  ///
  /// @throws SaslException if the server refuses the proof, or has not proved that it knows the
  ///   password itself
  public void verify(Bytes serverFinal) throws SaslException {
    var attributes = attributes(serverFinal.utf8());
    var error = attributes.get('e');
    if (error != null) {
      throw new SaslException("the server refuses the login: " + error);
    }
    var signature = base64(attribute(attributes, 'v'));
    if (serverSignature == null || !MessageDigest.isEqual(serverSignature, signature)) {
      throw new SaslException("the server does not know the password: it is not who it says it is");
    }
  }

  private static Map<Character, String> attributes(String text) throws SaslException {
    var attributes = new HashMap<Character, String>();
    for (var part : text.split(",", -1)) {
      if (part.length() < 2 || part.charAt(1) != '=') {
        throw new SaslException("the server's SCRAM message is malformed");
      }
      if (part.charAt(0) == 'm') {
        throw new SaslException("the server wants an extension of SCRAM that nobody knows");
      }
      attributes.put(part.charAt(0), part.substring(2));
    }
    return attributes;
  }

  private static String attribute(Map<Character, String> attributes, char name)
      throws SaslException {
    var value = attributes.get(name);
    if (value == null) {
      throw new SaslException("the server's SCRAM message has no '" + name + "'");
    }
    return value;
  }

  private static int iterations(String text) throws SaslException {
    try {
      int iterations = Integer.parseInt(text);
      if (iterations >= 1 && iterations <= MAX_ITERATIONS) {
        return iterations;
      }
    } catch (NumberFormatException e) {
      throw new SaslException("the server wants '" + text + "' iterations", e);
    }
    throw new SaslException("the server wants " + text + " iterations");
  }

  private static byte[] base64(String text) throws SaslException {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new SaslException("the server's SCRAM message is no Base64", e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
