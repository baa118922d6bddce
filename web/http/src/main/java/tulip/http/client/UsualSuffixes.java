// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.util.Set;

/// A guess at what is a public suffix, for programs that have no list.
final class UsualSuffixes implements PublicSuffixes {
  private static final Set<String> SECOND =
      Set.of(
          "ac", "co", "com", "edu", "go", "gob", "gov", "gv", "ltd", "mil", "ne", "net", "nom",
          "or", "org", "plc", "sch");

  @Override
  public boolean isPublicSuffix(String domain) {
    int dot = domain.indexOf('.');
    if (dot < 0) {
      return true;
    }
    boolean country = domain.length() - dot == 3 && domain.indexOf('.', dot + 1) < 0;
    return country && SECOND.contains(domain.substring(0, dot));
  }
}
