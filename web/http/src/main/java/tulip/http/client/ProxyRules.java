// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which proxy a request takes.
@FunctionalInterface
public interface ProxyRules {
  /// No proxy at all.
  ProxyRules NONE = url -> null;

  /// The proxy for a URL, or null for none. Must not wait.
  @Nullable ProxyServer proxyFor(Url url);

  /// The same proxy for everything.
  static ProxyRules all(ProxyServer proxy) {
    return url -> proxy;
  }

  /// What the environment says, as with curl: `http_proxy`, `https_proxy`, `all_proxy` and
  /// `no_proxy`. See [#fromEnvironment(Map)].
  static ProxyRules fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  /// What an environment says.
  ///
  /// Names may be in capitals, but for `HTTP_PROXY` in a CGI program, where a client's field
  /// `Proxy` has that name. `no_proxy` has hosts, domains (with all below them), addresses,
  /// networks such as `10.0.0.0/8`, each perhaps with a port, or `*` for all.
  ///
  /// @throws IllegalArgumentException if a proxy there is none
  static ProxyRules fromEnvironment(Map<String, String> environment) {
    return EnvironmentProxies.of(environment);
  }
}
