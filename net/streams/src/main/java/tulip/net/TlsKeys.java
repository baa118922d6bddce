// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Chooses among identities: by the name that the client asks for, and by the kind of key that the
/// handshake can use.
///
/// An alias of this key manager is a name and the place of an identity in that name's list.
final class TlsKeys extends X509ExtendedKeyManager {
  /// The identities of a server name; those for every other name stand under "".
  private final Map<String, List<TlsIdentity>> identities;

  TlsKeys(Map<String, List<TlsIdentity>> identities) {
    this.identities = identities;
  }

  /// Whether a private key signs what the public key verifies.
  static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey)
      throws GeneralSecurityException {
    var algorithm =
        switch (publicKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "EdDSA" -> "EdDSA";
          default -> null;
        };
    if (algorithm == null) {
      return publicKey.getAlgorithm().equals(privateKey.getAlgorithm());
    }
    try {
      byte[] probe = {1, 2, 3};
      var signature = Signature.getInstance(algorithm);
      signature.initSign(privateKey);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(probe);
      return signature.verify(signed);
    } catch (java.security.InvalidKeyException e) {
      return false;
    }
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    var name = requestedName(engine);
    return alias(list(name), keyType, name);
  }

  /// The list of the name itself, else that of its domain's wildcard, else that of all others.
  private String list(String name) {
    int dot = name.indexOf('.');
    var wildcard = dot < 0 ? "" : "*" + name.substring(dot);
    return identities.containsKey(name) ? name : identities.containsKey(wildcard) ? wildcard : "";
  }

  private @Nullable String alias(String list, String keyType, String wanted) {
    var candidates = identities.getOrDefault(list, List.of());
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.get(i).key().getAlgorithm().equals(keyType.replaceFirst("_.*", ""))) {
        return list + "/" + i;
      }
    }
    return list.equals("") || wanted.equals("") ? null : alias("", keyType, "");
  }

  private static String requestedName(SSLEngine engine) {
    if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
      for (var name : session.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName().toLowerCase(Locale.ROOT);
        }
      }
    }
    return "";
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
    for (var keyType : keyTypes) {
      var alias = alias("", keyType, "");
      if (alias != null) {
        return alias;
      }
    }
    return null;
  }

  private @Nullable TlsIdentity identity(String alias) {
    int slash = alias.lastIndexOf('/');
    var list = identities.get(alias.substring(0, slash));
    return list == null ? null : list.get(Integer.parseInt(alias.substring(slash + 1)));
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    var identity = identity(alias);
    return identity == null ? null : identity.chain();
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    var identity = identity(alias);
    return identity == null ? null : identity.key();
  }

  // What is for blocking sockets, or for looking.

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return alias("", keyType, "");
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    var aliases = new ArrayList<String>();
    for (var list : identities.keySet()) {
      var alias = alias(list, keyType, "");
      if (alias != null) {
        aliases.add(alias);
      }
    }
    return aliases.toArray(String[]::new);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return getServerAliases(keyType, issuers);
  }
}
