// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.util.Set;

/// The public suffix list: names, `*.` for all directly below a name, `!` for exceptions from that.
record SuffixList(Set<String> rules) implements PublicSuffixes {
  @Override
  public boolean isPublicSuffix(String domain) {
    if (rules.contains("!" + domain)) {
      return false;
    }
    int dot = domain.indexOf('.');
    return dot < 0 || rules.contains(domain) || rules.contains("*" + domain.substring(dot));
  }
}
