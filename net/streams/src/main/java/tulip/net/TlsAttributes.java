// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// What a TLS connection knows of itself, by [ByteStream#attribute].
public final class TlsAttributes {
  /// The session: protocol, cipher suite, and the rest of what the JDK says.
  public static final Attribute<SSLSession> SESSION =
      new Attribute<>("TLS session", SSLSession.class);

  /// The protocol that the two agreed on by ALPN (RFC 7301), as "h2"; no value if on none.
  public static final Attribute<String> PROTOCOL =
      new Attribute<>("application protocol", String.class);

  /// The peer's certificate, if it has shown one.
  public static final Attribute<X509Certificate> PEER_CERTIFICATE =
      new Attribute<>("peer certificate", X509Certificate.class);

  /// Channel binding `tls-exporter` (RFC 9266), of TLS 1.3 connections.
  public static final Attribute<Bytes> EXPORTER_BINDING =
      new Attribute<>("channel binding tls-exporter", Bytes.class);

  /// Channel binding `tls-server-end-point` (RFC 5929, section 4): a hash of the server's
  /// certificate.
  public static final Attribute<Bytes> SERVER_END_POINT_BINDING =
      new Attribute<>("channel binding tls-server-end-point", Bytes.class);

  private TlsAttributes() {}

  static <T> @Nullable T find(SSLEngine engine, Attribute<T> which) {
    return which.type().cast(value(engine, which));
  }

  private static @Nullable Object value(SSLEngine engine, Attribute<?> which) {
    var session = engine.getSession();
    if (which.equals(SESSION)) {
      return session;
    } else if (which.equals(PROTOCOL)) {
      var protocol = engine.getApplicationProtocol();
      return protocol == null || protocol.isEmpty() ? null : protocol;
    } else if (which.equals(PEER_CERTIFICATE)) {
      return peer(session);
    } else if (which.equals(EXPORTER_BINDING)) {
      return exporter(session);
    } else if (which.equals(SERVER_END_POINT_BINDING)) {
      return serverEndPoint(engine, session);
    }
    return null;
  }

  private static @Nullable X509Certificate peer(SSLSession session) {
    try {
      return first(List.of(session.getPeerCertificates()));
    } catch (SSLPeerUnverifiedException e) {
      return null; // it has shown none
    }
  }

  private static @Nullable X509Certificate first(List<Certificate> chain) {
    return !chain.isEmpty() && chain.getFirst() instanceof X509Certificate certificate
        ? certificate
        : null;
  }

  private static @Nullable Bytes exporter(SSLSession session) {
    if (!session.getProtocol().equals("TLSv1.3")
        || !(session instanceof ExtendedSSLSession extended)) {
      return null;
    }
    try {
      return Bytes.wrap(
          extended.exportKeyingMaterialData(
              "EXPORTER-Channel-Binding", "".getBytes(StandardCharsets.US_ASCII), 32));
    } catch (SSLKeyException | UnsupportedOperationException e) {
      return null; // the session has no keys any more
    }
  }

  private static @Nullable Bytes serverEndPoint(SSLEngine engine, SSLSession session) {
    X509Certificate server;
    if (engine.getUseClientMode()) {
      server = peer(session);
    } else {
      var own = session.getLocalCertificates();
      server = own == null ? null : first(List.of(own));
    }
    return server == null ? null : hash(server);
  }

  /// With the hash of the certificate's own signature, but none weaker than SHA-256.
  private static @Nullable Bytes hash(X509Certificate certificate) {
    var signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    var hash =
        signature.startsWith("SHA384")
            ? "SHA-384"
            : signature.startsWith("SHA512") ? "SHA-512" : "SHA-256";
    try {
      return Bytes.wrap(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      return null; // nothing to bind to
    }
  }
}
