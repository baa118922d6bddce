// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// Certificates and private keys in the text form that OpenSSL and certificate authorities write:
/// RFC 7468.
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  /// The label of a key that is encrypted by headers inside the block, with a weak derivation.
  private static final String OLD_ENCRYPTED = "OLD ENCRYPTED PRIVATE KEY";

  private record Block(String label, Bytes content) {}

  private Pem() {}

  /// All certificates of a file, in its order.
  ///
  /// @throws CertificateException if there is none, or one is malformed
  static List<X509Certificate> certificates(Path file) throws IOException, CertificateException {
    var factory = CertificateFactory.getInstance("X.509");
    var found = new ArrayList<X509Certificate>();
    for (var block : blocks(file)) {
      if (block.label().endsWith("CERTIFICATE")) {
        found.add(
            (X509Certificate)
                factory.generateCertificate(
                    new ByteArrayInputStream(block.content().toByteArray())));
      }
    }
    if (found.isEmpty()) {
      throw new CertificateException(file + " holds no PEM certificate");
    }
    return found;
  }

  /// The private key of a file: PKCS #8, also encrypted, or the older forms for RSA and EC.
  ///
  /// @throws GeneralSecurityException if there is none, it is of an unknown kind, or the password
  ///   is wrong
  static PrivateKey privateKey(Path file, char @Nullable [] password)
      throws IOException, GeneralSecurityException {
    for (var block : blocks(file)) {
      byte[] content = block.content().toByteArray();
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return key(file, content);
        }
        case "RSA PRIVATE KEY" -> {
          return key(file, Der.pkcs8(Der.RSA, content));
        }
        case "EC PRIVATE KEY" -> {
          return key(file, Der.pkcs8(Der.ecAlgorithm(content), content));
        }
        case "ENCRYPTED PRIVATE KEY" -> {
          return key(file, decrypt(file, content, password));
        }
        case OLD_ENCRYPTED ->
            throw new InvalidKeySpecException(
                file
                    + " holds a private key in OpenSSL's old encrypted form: convert it with"
                    + " openssl pkcs8 -topk8");
        default -> {} // certificates and parameters may stand in the same file
      }
    }
    throw new InvalidKeySpecException(file + " holds no PEM private key");
  }

  private static PrivateKey key(Path file, byte[] pkcs8) throws GeneralSecurityException {
    var specification = new PKCS8EncodedKeySpec(pkcs8);
    for (var algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(specification);
      } catch (InvalidKeySpecException | NoSuchAlgorithmException e) {
        // the next one may be it
      }
    }
    throw new InvalidKeySpecException(file + " holds a private key of none of " + ALGORITHMS);
  }

  private static byte[] decrypt(Path file, byte[] content, char @Nullable [] password)
      throws IOException, GeneralSecurityException {
    if (password == null) {
      throw new InvalidKeySpecException(file + " holds an encrypted private key: give a password");
    }
    var encrypted = new EncryptedPrivateKeyInfo(content);
    var algorithm = encrypted.getAlgParameters().toString(); // PBES2 says its name nowhere else
    var factory =
        SecretKeyFactory.getInstance(
            algorithm.startsWith("PBE") ? algorithm : encrypted.getAlgName());
    var cipher = Cipher.getInstance(factory.getAlgorithm());
    cipher.init(
        Cipher.DECRYPT_MODE,
        factory.generateSecret(new PBEKeySpec(password)),
        encrypted.getAlgParameters());
    try {
      return encrypted.getKeySpec(cipher).getEncoded();
    } catch (InvalidKeySpecException e) {
      throw new InvalidKeySpecException(file + " cannot be decrypted: wrong password?", e);
    }
  }

  private static List<Block> blocks(Path file) throws IOException {
    var text = Files.readString(file, StandardCharsets.ISO_8859_1);
    var found = new ArrayList<Block>();
    var matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      if (matcher.group(2).contains("Proc-Type: 4,ENCRYPTED")) {
        found.add(new Block(OLD_ENCRYPTED, Bytes.EMPTY));
        continue;
      }
      try {
        byte[] content = Base64.getMimeDecoder().decode(matcher.group(2));
        found.add(new Block(matcher.group(1), Bytes.wrap(content)));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ": " + matcher.group(1) + " is not base64", e);
      }
    }
    return found;
  }
}
