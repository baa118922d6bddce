// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.util.ArrayList;
import java.util.List;
import tulip.dns.protocol.DomainName;

/// Which names a host name may stand for (resolv.conf(5), "search" and "ndots").
final class SearchPath {
  private SearchPath() {}

  /// The names to try, in order.
  ///
  /// @param host with a last dot if it stands for nothing else
  static List<DomainName> of(String host, DnsSettings settings) {
    var name = DomainName.of(host);
    if (host.endsWith(".") && !host.endsWith("\\.")) {
      return List.of(name);
    }
    var names = new ArrayList<DomainName>();
    for (var domain : settings.search()) {
      if (name.wire().length() + domain.wire().length() - 1 <= DomainName.MAX_WIRE) {
        names.add(name.below(domain));
      }
    }
    boolean asItIsFirst = name.labels().size() - 1 >= settings.ndots();
    names.add(asItIsFirst ? 0 : names.size(), name);
    return names.stream().distinct().toList();
  }
}
