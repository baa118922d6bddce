// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// A certificate chain and its private key: who a server or a client is.
///
/// One that was read from files can be read anew while servers use it: handshakes from then on show
/// the new certificate, connections that exist stay.
public final class TlsIdentity {
  private record Chain(List<X509Certificate> certificates, PrivateKey key) {}

  private interface Source {
    Chain read() throws IOException, GeneralSecurityException;
  }

  private final Source source;
  private volatile Chain chain;

  private TlsIdentity(Source source) throws SSLException, IOException {
    this.source = source;
    this.chain = load(source);
  }

  /// Reads PEM files. Blocks for as long as that takes.
  ///
  /// @param certificates the certificate, and behind it those that lead to the authority
  /// @param key in PKCS #8 form, or the older forms for RSA and EC
  /// @throws IOException if a file cannot be read
  /// @throws SSLException if it does not hold what it should
  public static TlsIdentity read(Path certificates, Path key) throws IOException {
    return read(certificates, key, null);
  }

  /// Reads PEM files, of which the key's is encrypted. Blocks for as long as that takes.
  ///
  /// @throws IOException as [#read(Path, Path)]
  public static TlsIdentity read(Path certificates, Path key, char @Nullable [] password)
      throws IOException {
    return new TlsIdentity(
        () -> new Chain(Pem.certificates(certificates), Pem.privateKey(key, password)));
  }

  /// An identity that is in memory already.
  ///
  /// @throws SSLException if the key is not that of the first certificate
  public static TlsIdentity of(List<X509Certificate> certificates, PrivateKey key)
      throws IOException {
    var fixed = new Chain(List.copyOf(certificates), key);
    return new TlsIdentity(() -> fixed);
  }

  /// Reads the files anew. Any thread; blocks for as long as that takes.
  ///
  /// @throws IOException as [#read(Path, Path)]; the old identity stays in use then
  public void reload() throws IOException {
    chain = load(source);
  }

  private static Chain load(Source source) throws IOException {
    try {
      var chain = source.read();
      checkPair(chain);
      return chain;
    } catch (GeneralSecurityException e) {
      throw new SSLException(e.getMessage(), e);
    }
  }

  private static void checkPair(Chain chain) throws GeneralSecurityException {
    if (chain.certificates().isEmpty()) {
      throw new CertificateException("an identity needs a certificate");
    }
    var certificate = chain.certificates().getFirst();
    var expected = certificate.getPublicKey().getAlgorithm();
    var actual = chain.key().getAlgorithm();
    if (!TlsKeys.belongTogether(certificate.getPublicKey(), chain.key())) {
      throw new CertificateException(
          "the private key ("
              + actual
              + ") is not that of the certificate of "
              + certificate.getSubjectX500Principal()
              + " ("
              + expected
              + ")");
    }
  }

  /// The certificate, and behind it those that lead to the authority.
  public List<X509Certificate> certificates() {
    return chain.certificates();
  }

  X509Certificate[] chain() {
    return chain.certificates().toArray(X509Certificate[]::new);
  }

  PrivateKey key() {
    return chain.key();
  }

  @Override
  public String toString() {
    return "TLS identity of " + chain.certificates().getFirst().getSubjectX500Principal();
  }
}
