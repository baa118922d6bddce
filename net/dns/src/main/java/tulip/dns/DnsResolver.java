// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import tulip.core.EventLoop;
import tulip.dns.DnsException.Reason;
import tulip.dns.protocol.DomainName;
import tulip.dns.protocol.Question;
import tulip.dns.protocol.RecordData;
import tulip.dns.protocol.RecordType;
import tulip.net.spi.NameResolver;

/// Asks the domain name system: a stub resolver, which leaves the search for the answer to the name
/// servers it is told of.
///
/// ```java
/// try (var dns = DnsResolver.open()) {
///   for (var mx : dns.query("example.org", RecordType.MX).data(RecordData.MX.class)) {
///     System.out.println(mx.preference() + " " + dns.lookUp(mx.exchange().toString()));
///   }
/// }
/// ```
///
/// [#query] asks for records. [#lookUp] finds the addresses of a host as the C library would: by
/// literal addresses, `/etc/hosts`, the domains to search in, A and AAAA side by side, and the best
/// address first. Both wait no longer than [DnsOptions#deadline] for a question.
///
/// Answers are kept as long as they say, "there is none" too. Tasks that ask the same at the same
/// time share one question; the cancellation of one does not hurt the others.
///
/// A resolver belongs to the loop that it was opened on, and is for that loop's tasks.
/// [#useForLoop] has everything that connects there find its hosts with it.
public final class DnsResolver implements NameResolver, AutoCloseable {
  private final DnsOptions options;
  private final EventLoop loop = EventLoop.current();
  private final @Nullable WatchedFile<DnsSettings> resolvConf;
  private final @Nullable WatchedFile<HostsFile> hosts;
  private final SingleFlight<Question, Outcome> flights;
  private final Cache cache;
  private final Inquiry.Means means;
  private final AddressLookup addresses;
  private boolean closed;

  private DnsResolver(DnsOptions options, Transport transport, SecureRandom random) {
    this.options = options;
    resolvConf =
        options.resolvConf() == null
            ? null
            : new WatchedFile<>(
                options.resolvConf(), text -> ResolvConf.parse(text, options.settings()));
    hosts = options.hosts() == null ? null : new WatchedFile<>(options.hosts(), HostsFile::parse);
    flights = new SingleFlight<>(loop);
    cache = new Cache(loop, options);
    means = new Inquiry.Means(transport, new ServerOrder(loop), random, options);
    addresses = new AddressLookup(this);
  }

  /// A resolver that works as the system is set up. On a loop.
  public static DnsResolver open() {
    return open(DnsOptions.DEFAULT);
  }

  /// A resolver made to order. On a loop.
  public static DnsResolver open(DnsOptions options) {
    var random = new SecureRandom();
    return new DnsResolver(
        options, new NetTransport(EventLoop.current(), random, options.randomCase()), random);
  }

  /// A resolver that reaches its servers in another way.
  static DnsResolver open(DnsOptions options, Transport transport) {
    return new DnsResolver(options, transport, new SecureRandom());
  }

  /// Has every stream that is connected on this loop find its host with this resolver.
  public DnsResolver useForLoop() {
    NameResolver.CURRENT.set(this);
    return this;
  }

  // Records.

  /// Asks for records of a name as it is: the domains to search in do not count. In a task.
  ///
  /// @param name with or without a last dot
  /// @throws IllegalArgumentException if it is not a name
  /// @throws DnsException if there is no answer: see [DnsException#reason]
  /// @throws tulip.core.Cancelled if the task was cancelled
  public Answer query(String name, RecordType type) throws DnsException {
    return query(DomainName.of(name), type);
  }

  /// Asks for records of a name. In a task.
  ///
  /// @throws DnsException as [#query(String, RecordType)]
  public Answer query(DomainName name, RecordType type) throws DnsException {
    return query(Question.of(name, type));
  }

  /// Asks a question. In a task.
  ///
  /// @throws DnsException as [#query(String, RecordType)]
  public Answer query(Question question) throws DnsException {
    check(question);
    var known = cache.get(question);
    return switch (known != null ? known : ask(question)) {
      case Outcome.Found(var answer) -> answer;
      case Outcome.Failed(var why, var _) -> throw why.again();
    };
  }

  private Outcome ask(Question question) throws DnsException {
    var settings = settings();
    try {
      return flights.join(question, () -> inquire(question, settings));
    } catch (CancellationException e) {
      throw new DnsException(Reason.CLOSED, question, "the resolver was closed", e);
    }
  }

  private Outcome inquire(Question question, DnsSettings settings) {
    var outcome = new Inquiry(means, settings, question).run();
    cache.put(question, outcome);
    return outcome;
  }

  private void check(Question question) throws DnsException {
    if (!loop.inLoop()) {
      throw new IllegalStateException(
          "this resolver belongs to " + loop + ": open one on each loop, or go there with submit");
    }
    if (SpecialNames.isNobody(question.name())) {
      throw new DnsException(Reason.NO_SUCH_NAME, question, "never a name (RFC 6761)", null);
    }
    if (closed) {
      throw new DnsException(Reason.CLOSED, question, "the resolver is closed", null);
    }
  }

  // Hosts.

  /// Finds all addresses of a host, the best one first (RFC 6724): getaddrinfo. In a task.
  ///
  /// @param host a name, or a literal address, which is its own
  /// @return at least one
  /// @throws UnknownHostException if there is none, or nobody could be asked; its cause is then a
  ///   [DnsException], which tells
  /// @throws tulip.core.Cancelled if the task was cancelled
  public List<InetAddress> lookUp(String host) throws UnknownHostException {
    return lookUp(host, Family.ANY);
  }

  /// Finds the addresses of a host that are of one family. In a task.
  ///
  /// @throws UnknownHostException as [#lookUp(String)]
  public List<InetAddress> lookUp(String host, Family family) throws UnknownHostException {
    return addresses.find(host, family);
  }

  /// As [#lookUp(String)], for whatever connects on this loop.
  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    return lookUp(host);
  }

  /// Finds the name of an address, as `/etc/hosts` and then its PTR record say: getnameinfo. In a
  /// task.
  ///
  /// Whoever owns the address may have written any name there: it proves nothing.
  ///
  /// @return the name without a last dot
  /// @throws DnsException if there is none, or nobody could be asked
  public String nameOf(InetAddress address) throws DnsException {
    var known = hosts().name(address);
    if (known == null && address.isLoopbackAddress()) {
      return "localhost";
    }
    var name = known != null ? known : askNameOf(address);
    var text = name.toString();
    return text.substring(0, text.length() - 1);
  }

  private DomainName askNameOf(InetAddress address) throws DnsException {
    var answer = query(ReverseName.of(address), RecordType.PTR);
    return answer.data(RecordData.PTR.class).getFirst().target();
  }

  // The rest.

  /// Whom this resolver asks at the moment, by its options and `resolv.conf`. In a task.
  public DnsSettings settings() {
    return resolvConf == null ? options.settings() : resolvConf.get();
  }

  HostsFile hosts() {
    return hosts == null ? HostsFile.EMPTY : hosts.get();
  }

  /// How it works.
  public DnsOptions options() {
    return options;
  }

  /// How many answers are kept at the moment.
  public int cached() {
    return cache.size();
  }

  /// Forgets all answers.
  public void clearCache() {
    cache.clear();
  }

  /// Closes: questions that are under way end with [Reason#CLOSED], and the loop finds its hosts as
  /// if [#useForLoop] had not been called. Does nothing the second time.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (NameResolver.current().equals(this)) {
        NameResolver.CURRENT.clear();
      }
      flights.cancelAll("the resolver was closed");
      means.transport().close();
      cache.clear();
    }
  }

  @Override
  public String toString() {
    return "dns resolver" + (closed ? ", closed" : " with " + cache.size() + " answers");
  }
}
