// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.dns.protocol.DomainName;

/// What `/etc/hosts` says (hosts(5)). What cannot be read there is passed over.
final class HostsFile {
  static final HostsFile EMPTY = new HostsFile();

  private final Map<DomainName, List<InetAddress>> addresses = new HashMap<>();
  private final Map<InetAddress, DomainName> names = new HashMap<>();

  private HostsFile() {}

  static HostsFile parse(String text) {
    var file = new HostsFile();
    text.lines().forEach(file::line);
    return file;
  }

  private void line(String line) {
    var words = line.replaceFirst("#.*", "").strip().split("\\s+", -1);
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(words[0]);
    } catch (IllegalArgumentException e) {
      return;
    }
    for (int i = 1; i < words.length; i++) {
      name(address, words[i]);
    }
  }

  private void name(InetAddress address, String word) {
    DomainName name;
    try {
      name = DomainName.of(word);
    } catch (IllegalArgumentException e) {
      return;
    }
    names.putIfAbsent(address, name);
    var known = addresses.computeIfAbsent(name, _ -> new ArrayList<>(1));
    if (!known.contains(address)) {
      known.add(address);
    }
  }

  /// The addresses of a name, in the order of the lines; perhaps none.
  List<InetAddress> addresses(DomainName name) {
    return addresses.getOrDefault(name, List.of());
  }

  /// The first name of an address, or `null`.
  @Nullable DomainName name(InetAddress address) {
    return names.get(address);
  }
}
