// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.net.ByteStream;
import tulip.net.TlsAttributes;
import tulip.net.TlsContext;

/// How TLS is spoken with servers.
///
/// @param context whom to trust, and who one is
/// @param serverName for whom the certificate must be, in place of the URL's host; or null
/// @param fingerprints SHA-256 of certificates, of which the server must show one; empty for any
///   that the context trusts. With a context that verifies nothing, pins are all that is checked
public record ClientTls(TlsContext context, @Nullable String serverName, Set<Bytes> fingerprints) {
  /// Trusts whom the JVM trusts.
  public static final ClientTls DEFAULT = of(TlsContext.client().withProtocols("http/1.1"));

  /// Checks that it is for clients.
  public ClientTls {
    if (context.isServer()) {
      throw new IllegalArgumentException("a TLS context for servers");
    }
    fingerprints = Set.copyOf(fingerprints);
  }

  /// TLS as a context says.
  public static ClientTls of(TlsContext context) {
    return new ClientTls(context, null, Set.of());
  }

  /// The same expecting another name than the URL's.
  public ClientTls withServerName(@Nullable String serverName) {
    return new ClientTls(context, serverName, fingerprints);
  }

  /// The same taking these certificates alone.
  ///
  /// @param fingerprints 32 bytes each, of the whole certificate
  public ClientTls withFingerprints(Set<Bytes> fingerprints) {
    return new ClientTls(context, serverName, fingerprints);
  }

  /// Goes on in TLS.
  ///
  /// @param host of the URL; a dot at its end is not part of the name in a certificate
  void start(ByteStream stream, String host) throws IOException {
    var bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    stream.startTls(context, serverName == null ? bare : serverName);
    if (!fingerprints.isEmpty()) {
      checkFingerprint(stream, host);
    }
  }

  private void checkFingerprint(ByteStream stream, String host) throws IOException {
    var certificate = stream.attribute(TlsAttributes.PEER_CERTIFICATE);
    try {
      var found =
          certificate == null
              ? Bytes.EMPTY
              : Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
      if (!fingerprints.contains(found)) {
        throw new SSLPeerUnverifiedException(
            "the certificate of " + host + " has another fingerprint: " + found.hex());
      }
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new SSLPeerUnverifiedException("no fingerprint of " + host + ": " + e);
    }
  }
}
