// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.ServiceLoader;

/// Has the JVM's own look-ups suspend only the task that they are called in, if the system property
/// `tulip.dns.inetaddress` is `true` when the first one is made.
///
/// Then `InetAddress.getByName` and all that stands on it, in any library, asks the [DnsResolver]
/// of the loop ([DnsResolver#useForLoop]) when it is called in a task; where a loop has none, the
/// system is asked in the pool of [tulip.core.Tulip#blocking]. Outside of tasks, and in tasks of
/// the baton engine, which blocks in foreign waits anyway, everything is as it was. The JVM keeps
/// answers for some time of its own: see `networkaddress.cache.ttl`.
///
/// Without the property the JVM finds its hosts as if this module was not there: with the next
/// provider of this service, or itself.
public final class TaskResolverProvider extends InetAddressResolverProvider {
  /// The system property that turns it on.
  public static final String PROPERTY = "tulip.dns.inetaddress";

  /// For the JVM.
  public TaskResolverProvider() {}

  @Override
  public InetAddressResolver get(Configuration configuration) {
    var other =
        ServiceLoader.load(InetAddressResolverProvider.class, ClassLoader.getSystemClassLoader())
            .stream()
            .filter(provider -> !provider.type().equals(TaskResolverProvider.class))
            .findFirst()
            .map(provider -> provider.get().get(configuration))
            .orElse(configuration.builtinResolver());
    return Boolean.getBoolean(PROPERTY) ? new TaskResolver(other) : other;
  }

  @Override
  public String name() {
    return "Tulip: look-ups suspend only the task";
  }
}
