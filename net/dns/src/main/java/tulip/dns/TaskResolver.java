// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.core.PinnedWaitError;
import tulip.core.Tulip;
import tulip.dns.protocol.DomainName;
import tulip.net.spi.NameResolver;

/// The JVM's look-ups: those of tasks wait as tasks do.
///
/// The JVM holds a lock for each host while it looks it up. So nothing here may look up the same
/// host through the JVM once more, and on the baton, where a second task that comes to that lock
/// would stop the loop, nothing may wait.
final class TaskResolver implements InetAddressResolver {
  private interface Call<T> {
    T run() throws UnknownHostException;
  }

  private final InetAddressResolver outside;

  TaskResolver(InetAddressResolver outside) {
    this.outside = outside;
  }

  @Override
  public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
      throws UnknownHostException {
    Call<Stream<InetAddress>> system = () -> outside.lookupByName(host, policy);
    if (!isInTask()) {
      return system.run();
    }
    var dns = resolver();
    return dns == null || isForSystem(host)
        ? wait(() -> Tulip.blocking(system::run), system)
        : wait(() -> arranged(dns.lookUp(host, family(policy)).stream(), policy), system);
  }

  @Override
  public String lookupByAddress(byte[] address) throws UnknownHostException {
    Call<String> system = () -> outside.lookupByAddress(address);
    if (!isInTask()) {
      return system.run();
    }
    var dns = resolver();
    return dns == null
        ? wait(() -> Tulip.blocking(system::run), system)
        : wait(() -> nameOf(dns, address), system);
  }

  private static String nameOf(DnsResolver dns, byte[] address) throws UnknownHostException {
    try {
      return dns.nameOf(InetAddress.getByAddress(address));
    } catch (DnsException e) {
      var unknown = new UnknownHostException(e.getMessage());
      unknown.initCause(e);
      throw unknown;
    }
  }

  /// A class initialiser cannot be suspended: there the whole loop must wait.
  private static <T> T wait(Call<T> inTask, Call<T> blocking) throws UnknownHostException {
    try {
      return inTask.run();
    } catch (PinnedWaitError e) {
      return blocking.run();
    }
  }

  private static boolean isInTask() {
    try {
      var loop = EventLoop.current();
      return loop.currentTask() != null && loop.engine().equals("carrier");
    } catch (IllegalStateException e) {
      return false; // not on a loop
    }
  }

  private static @Nullable DnsResolver resolver() {
    return NameResolver.current() instanceof DnsResolver dns ? dns : null;
  }

  private static boolean isForSystem(String host) {
    try {
      return SpecialNames.isLinkLocal(DomainName.of(host));
    } catch (IllegalArgumentException e) {
      return true; // it will say what is wrong
    }
  }

  private static Family family(LookupPolicy policy) {
    boolean version4 = has(policy, LookupPolicy.IPV4);
    boolean version6 = has(policy, LookupPolicy.IPV6);
    return version4 && version6 ? Family.ANY : version4 ? Family.IPV4 : Family.IPV6;
  }

  private static Stream<InetAddress> arranged(Stream<InetAddress> addresses, LookupPolicy policy) {
    Comparator<InetAddress> version4Last = Comparator.comparing(a -> a instanceof Inet4Address);
    if (has(policy, LookupPolicy.IPV4_FIRST)) {
      return addresses.sorted(version4Last.reversed());
    }
    return has(policy, LookupPolicy.IPV6_FIRST) ? addresses.sorted(version4Last) : addresses;
  }

  private static boolean has(LookupPolicy policy, int characteristic) {
    return (policy.characteristics() & characteristic) != 0;
  }
}
