// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a resolver works.
///
/// @param resolvConf the file whose content goes before the settings, read again when it changes;
///   `null` for none
/// @param hosts the file of hosts, read again when it changes; `null` for none
/// @param settings whom to ask and how patiently
/// @param deadline how long one question may take in all, with every server, round and alias
/// @param ednsSize how many bytes an answer over UDP may have, 512 to 65535; 0 to ask without EDNS
/// @param randomCase whether to ask in randomly mixed case, which makes answers harder to forge
///   (the "0x20" hack); an answer in another case is not believed, and asked for over TCP
/// @param cacheSize how many answers to keep; 0 for none
/// @param maxTtl how long to keep one at most
/// @param maxNegativeTtl how long to keep "there is none" at most
public record DnsOptions(
    @Nullable Path resolvConf,
    @Nullable Path hosts,
    DnsSettings settings,
    Duration deadline,
    int ednsSize,
    boolean randomCase,
    int cacheSize,
    Duration maxTtl,
    Duration maxNegativeTtl) {
  /// As the system is set up. An EDNS size of 1232 fits into every packet that arrives whole.
  public static final DnsOptions DEFAULT =
      new DnsOptions(
          Path.of("/etc/resolv.conf"),
          Path.of("/etc/hosts"),
          DnsSettings.DEFAULT,
          Duration.ofSeconds(15),
          1232,
          false,
          10_000,
          Duration.ofDays(1),
          Duration.ofHours(3));

  /// Checks the limits.
  public DnsOptions {
    if (!deadline.isPositive()) {
      throw new IllegalArgumentException("the deadline must be positive, not " + deadline);
    }
    if (ednsSize != 0 && (ednsSize < 512 || ednsSize > 65535)) {
      throw new IllegalArgumentException("ednsSize is 0 or 512 to 65535, not " + ednsSize);
    }
    if (cacheSize < 0) {
      throw new IllegalArgumentException("cacheSize is not negative: " + cacheSize);
    }
    checkTtl(maxTtl);
    checkTtl(maxNegativeTtl);
  }

  private static void checkTtl(Duration ttl) {
    if (ttl.isNegative() || ttl.toSeconds() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a TTL is 0 to 2^31 - 1 seconds, not " + ttl);
    }
  }

  /// The same, asking these servers instead of those of the system: `resolv.conf` is not read.
  public DnsOptions withServers(InetSocketAddress... servers) {
    return withSettings(settings.withServers(List.of(servers)));
  }

  /// The same with these settings instead of those of the system: `resolv.conf` is not read.
  public DnsOptions withSettings(DnsSettings fixed) {
    return new DnsOptions(
        null, hosts, fixed, deadline, ednsSize, randomCase, cacheSize, maxTtl, maxNegativeTtl);
  }

  /// The same with other files; `null` for none.
  public DnsOptions withFiles(@Nullable Path otherResolvConf, @Nullable Path otherHosts) {
    return new DnsOptions(
        otherResolvConf,
        otherHosts,
        settings,
        deadline,
        ednsSize,
        randomCase,
        cacheSize,
        maxTtl,
        maxNegativeTtl);
  }

  /// The same with another time for a whole question.
  public DnsOptions withDeadline(Duration all) {
    return new DnsOptions(
        resolvConf, hosts, settings, all, ednsSize, randomCase, cacheSize, maxTtl, maxNegativeTtl);
  }

  /// The same with another size of answers over UDP; 0 to ask without EDNS.
  public DnsOptions withEdnsSize(int size) {
    return new DnsOptions(
        resolvConf, hosts, settings, deadline, size, randomCase, cacheSize, maxTtl, maxNegativeTtl);
  }

  /// The same asking in mixed case, or not.
  public DnsOptions withRandomCase(boolean on) {
    return new DnsOptions(
        resolvConf, hosts, settings, deadline, ednsSize, on, cacheSize, maxTtl, maxNegativeTtl);
  }

  /// The same with another number of answers kept, for so long at most.
  public DnsOptions withCache(int size, Duration positive, Duration negative) {
    return new DnsOptions(
        resolvConf, hosts, settings, deadline, ednsSize, randomCase, size, positive, negative);
  }
}
