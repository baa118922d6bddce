// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// How TLS is spoken: whom one trusts, who one is, and what is agreed on.
///
/// ```java
/// var client = TlsContext.client().withProtocols("h2", "http/1.1");
/// var server = TlsContext.server(TlsIdentity.read(chain, key));
/// ```
///
/// A client verifies the server's certificate and name unless it is told not to. TLS 1.3 and 1.2
/// are spoken, with the JDK's choice of ciphers, ephemeral keys alone. One context serves any
/// number of connections, which resume each other's sessions, on any number of loops. A context
/// does not change: its `with` methods make others.
public final class TlsContext {
  private enum Verification {
    FULL,
    /// The chain, not the name.
    CHAIN,
    NONE
  }

  private enum ClientCertificate {
    IGNORED,
    WANTED,
    NEEDED
  }

  /// Set before the context is seen, and never after.
  private static final class Settings {
    final boolean server;
    Verification verification = Verification.FULL;
    ClientCertificate clients = ClientCertificate.IGNORED;

    /// Whom to trust; `null` for whom the JVM trusts.
    @Nullable List<X509Certificate> authorities;

    Map<String, List<TlsIdentity>> identities = Map.of();
    List<String> protocols = List.of();
    List<String> versions = List.of("TLSv1.3", "TLSv1.2");
    List<String> ciphers = List.of();
    Duration handshake = Duration.ofSeconds(30);

    Settings(boolean server) {
      this.server = server;
    }

    Settings(Settings other) {
      server = other.server;
      verification = other.verification;
      clients = other.clients;
      authorities = other.authorities;
      identities = other.identities;
      protocols = other.protocols;
      versions = other.versions;
      ciphers = other.ciphers;
      handshake = other.handshake;
    }
  }

  private final Settings settings;
  private final AtomicReference<@Nullable SSLContext> made = new AtomicReference<>();

  private TlsContext(Settings settings) {
    this.settings = settings;
  }

  /// For clients: trusts the authorities that the JVM trusts.
  public static TlsContext client() {
    return new TlsContext(new Settings(false));
  }

  /// For servers. Asks no client for a certificate.
  public static TlsContext server(TlsIdentity identity) {
    var settings = new Settings(true);
    settings.verification = Verification.NONE;
    settings.identities = Map.of("", List.of(identity));
    return new TlsContext(settings);
  }

  private TlsContext with(Consumer<Settings> change) {
    var changed = new Settings(settings);
    change.accept(changed);
    return new TlsContext(changed);
  }

  // Whom to trust.

  /// Trusts these authorities and no others. Blocks for as long as reading takes.
  ///
  /// @param file PEM
  /// @throws IOException if it cannot be read, or holds no certificate
  public TlsContext trusting(Path file) throws IOException {
    try {
      return trusting(Pem.certificates(file));
    } catch (CertificateException e) {
      throw new SSLException(e.getMessage(), e);
    }
  }

  /// Trusts these authorities and no others.
  public TlsContext trusting(List<X509Certificate> authorities) {
    return with(settings -> settings.authorities = List.copyOf(authorities));
  }

  /// A client that takes every certificate that a trusted authority has signed, for whatever name:
  /// only right where the authority signs for nobody else.
  public TlsContext withoutNameCheck() {
    return verifying(Verification.CHAIN);
  }

  /// A client that takes every certificate, and so talks in secret with it does not know whom.
  public TlsContext withoutVerification() {
    return verifying(Verification.NONE);
  }

  private TlsContext verifying(Verification verification) {
    if (settings.server) {
      throw new IllegalStateException("a server verifies nobody unless it asks for certificates");
    }
    return with(settings -> settings.verification = verification);
  }

  /// A server that lets only clients in whose certificate a trusted authority has signed.
  public TlsContext requiringClientCertificates() {
    return askingClients(ClientCertificate.NEEDED);
  }

  /// A server that asks clients for a certificate, verifies the one it gets, and lets those without
  /// in too.
  public TlsContext askingForClientCertificates() {
    return askingClients(ClientCertificate.WANTED);
  }

  private TlsContext askingClients(ClientCertificate clients) {
    if (!settings.server) {
      throw new IllegalStateException("only servers ask for client certificates");
    }
    return with(settings -> {
      settings.verification = Verification.FULL;
      settings.clients = clients;
    });
  }

  // Who one is.

  /// Adds an identity: a client's, or another of a server's, with another kind of key.
  public TlsContext withIdentity(TlsIdentity identity) {
    return withIdentity("", identity);
  }

  /// Adds a server's identity for clients that ask for this name (SNI); the others see the one that
  /// the context was made with.
  ///
  /// @param name a host name, or `*.example.org` for all hosts directly in that domain
  public TlsContext withIdentity(String name, TlsIdentity identity) {
    var all = new LinkedHashMap<>(settings.identities);
    var same = new ArrayList<>(all.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    same.add(identity);
    all.put(name.toLowerCase(Locale.ROOT), List.copyOf(same));
    return with(settings -> settings.identities = Map.copyOf(all));
  }

  // What is agreed on.

  /// Offers these application protocols, the preferred one in front (ALPN, RFC 7301). A handshake
  /// fails if both sides offer some and share none. The result is [TlsAttributes#PROTOCOL].
  public TlsContext withProtocols(String... protocols) {
    return with(settings -> settings.protocols = List.of(protocols));
  }

  /// Speaks these versions alone, by the JDK's names: `TLSv1.3`.
  public TlsContext withVersions(String... versions) {
    return with(settings -> settings.versions = List.of(versions));
  }

  /// Uses these cipher suites alone, by the JDK's names.
  public TlsContext withCiphers(String... ciphers) {
    return with(settings -> settings.ciphers = List.of(ciphers));
  }

  /// Gives handshakes so much time; 30 seconds if nothing else is said.
  public TlsContext withHandshakeLimit(Duration limit) {
    if (!limit.isPositive()) {
      throw new IllegalArgumentException("a handshake takes time: " + limit);
    }
    return with(settings -> settings.handshake = limit);
  }

  /// Whether this is for servers.
  public boolean isServer() {
    return settings.server;
  }

  /// How much time a handshake has.
  public Duration handshakeLimit() {
    return settings.handshake;
  }

  // For streams.

  /// Makes ready what takes long the first time: reading the JVM's authorities. Any thread; blocks.
  void prepare() throws SSLException {
    if (made.get() == null) {
      made.compareAndSet(null, make());
    }
  }

  /// Whether [#engine] can be had without blocking.
  boolean isPrepared() {
    return made.get() != null;
  }

  private SSLContext make() throws SSLException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new TlsKeys(settings.identities)}, new TrustManager[] {trust()}, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new SSLException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private TrustManager trust() throws GeneralSecurityException, IOException {
    if (settings.verification == Verification.NONE) {
      return TrustingManager.INSTANCE;
    }
    KeyStore store = null;
    if (settings.authorities != null) {
      store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int count = 0;
      for (var authority : settings.authorities) {
        store.setCertificateEntry("authority-" + count++, authority);
      }
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers()[0];
  }

  /// An engine for one connection.
  ///
  /// @param peer the name of the server, for clients
  SSLEngine engine(@Nullable String peer, int port) throws SSLException {
    prepare();
    var context = made.get();
    if (context == null) {
      throw new AssertionError("prepared");
    }
    var engine = peer == null ? context.createSSLEngine() : context.createSSLEngine(peer, port);
    engine.setUseClientMode(!settings.server);
    var parameters = engine.getSSLParameters();
    parameters.setProtocols(settings.versions.toArray(String[]::new));
    parameters.setApplicationProtocols(settings.protocols.toArray(String[]::new));
    if (!settings.ciphers.isEmpty()) {
      parameters.setCipherSuites(settings.ciphers.toArray(String[]::new));
    }
    if (settings.server) {
      parameters.setUseCipherSuitesOrder(true);
      parameters.setNeedClientAuth(settings.clients == ClientCertificate.NEEDED);
      if (settings.clients == ClientCertificate.WANTED) {
        parameters.setWantClientAuth(true);
      }
    } else if (peer != null) {
      if (settings.verification == Verification.FULL) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
      }
      if (isName(peer)) {
        parameters.setServerNames(List.of(new SNIHostName(peer)));
      }
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  private static boolean isName(String peer) {
    return !peer.contains(":") && !peer.matches("[0-9.]+");
  }
}
