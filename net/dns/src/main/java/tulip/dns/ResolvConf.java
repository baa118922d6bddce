// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tulip.dns.protocol.DomainName;

/// Reads `/etc/resolv.conf` (resolv.conf(5)). As with the C library, what it cannot read it passes
/// over, and numbers beyond the limits count as the limit.
final class ResolvConf {
  private static final int MAX_TIMEOUT_SECONDS = 30;

  private final ArrayList<InetSocketAddress> servers = new ArrayList<>();
  private DnsSettings settings;

  private ResolvConf(DnsSettings base) {
    settings = base;
  }

  /// What a file says, and these settings where it says nothing.
  static DnsSettings parse(String text, DnsSettings base) {
    var file = new ResolvConf(base);
    text.lines().forEach(file::line);
    return file.servers.isEmpty() ? file.settings : file.settings.withServers(file.servers);
  }

  private void line(String line) {
    var words = line.strip().split("\\s+", -1);
    var values = List.of(words).subList(1, words.length);
    switch (words[0]) {
      case "nameserver" -> values.stream().limit(1).forEach(this::server);
      case "search", "domain" -> settings = settings.withSearch(domains(values));
      case "options" -> values.forEach(this::option);
      default -> {} // comments, and what others may have added
    }
  }

  private void server(String address) {
    if (servers.size() == DnsSettings.MAX_SERVERS) {
      return;
    }
    try {
      servers.add(new InetSocketAddress(InetAddress.ofLiteral(address), DnsSettings.PORT));
    } catch (IllegalArgumentException e) {
      // not an address
    }
  }

  private static List<DomainName> domains(List<String> words) {
    var domains = new ArrayList<DomainName>();
    for (var word : words) {
      if (word.startsWith("#") || word.startsWith(";")) {
        break;
      }
      try {
        domains.add(DomainName.of(word));
      } catch (IllegalArgumentException e) {
        // not a name
      }
    }
    return domains.subList(0, Math.min(domains.size(), DnsSettings.MAX_SEARCH));
  }

  private void option(String option) {
    int colon = option.indexOf(':');
    if (colon < 0) {
      flag(option);
    } else {
      number(option.substring(0, colon), option.substring(colon + 1));
    }
  }

  private void flag(String name) {
    switch (name) {
      case "rotate" -> settings = settings.withRotate(true);
      case "use-vc" -> settings = settings.withTcp(true);
      default -> {} // what this resolver does anyway, or never
    }
  }

  private void number(String name, String digits) {
    if (!digits.matches("[0-9]{1,9}")) {
      return;
    }
    int value = Integer.parseInt(digits);
    switch (name) {
      case "ndots" -> settings = settings.withNdots(Math.min(value, DnsSettings.MAX_NDOTS));
      case "timeout" ->
          settings =
              settings.withTimeout(Duration.ofSeconds(Math.clamp(value, 1, MAX_TIMEOUT_SECONDS)));
      case "attempts" ->
          settings = settings.withAttempts(Math.clamp(value, 1, DnsSettings.MAX_ATTEMPTS));
      default -> {} // unknown
    }
  }
}
