// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.net.IDN;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import tulip.core.Tulip;

/// Domains below which strangers register theirs, such as `com` and `co.uk`: a cookie for one of
/// them would go to all.
@FunctionalInterface
public interface PublicSuffixes {
  /// All domains of one label, and what registries of countries usually put ahead of theirs:
  /// `co.uk`, `com.au` ... The whole list knows more: [#read].
  PublicSuffixes USUAL = new UsualSuffixes();

  /// Whether a domain is one.
  ///
  /// @param domain in ASCII and small letters
  boolean isPublicSuffix(String domain);

  /// Reads the list that is kept at publicsuffix.org and comes with many systems, as Debian's
  /// `/usr/share/publicsuffix/public_suffix_list.dat`. Waits, in a task.
  ///
  /// @throws IOException if it cannot be read
  static PublicSuffixes read(Path list) throws IOException {
    return Tulip.blocking(() -> {
      Set<String> rules = new HashSet<>();
      try (var lines = Files.lines(list)) {
        lines
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("//"))
            .forEach(line -> rules.add(IDN.toASCII(line, IDN.ALLOW_UNASSIGNED)));
      }
      return new SuffixList(rules);
    });
  }
}
