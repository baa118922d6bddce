// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tulip.core.Tulip;
import tulip.dns.protocol.DomainName;
import tulip.dns.protocol.Flag;
import tulip.dns.protocol.Header;
import tulip.dns.protocol.Message;
import tulip.dns.protocol.Question;
import tulip.dns.protocol.RecordClass;
import tulip.dns.protocol.RecordData;
import tulip.dns.protocol.RecordType;
import tulip.dns.protocol.ResourceRecord;
import tulip.dns.protocol.ResponseCode;

/// Servers in memory, each with a way of its own to answer.
final class FakeServers implements Transport {
  interface Server {
    Message answer(Message query) throws IOException;
  }

  static final InetSocketAddress ONE = address(1);
  static final InetSocketAddress TWO = address(2);
  static final InetSocketAddress THREE = address(3);

  /// One line a query: server, protocol, question, and whether it had EDNS.
  final List<String> log = new ArrayList<>();

  private final Map<InetSocketAddress, Server> udp = new HashMap<>();
  private final Map<InetSocketAddress, Server> tcp = new HashMap<>();
  boolean closed;

  private static InetSocketAddress address(int last) {
    return new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + last), 53);
  }

  FakeServers udp(InetSocketAddress address, Server server) {
    udp.put(address, server);
    return this;
  }

  FakeServers tcp(InetSocketAddress address, Server server) {
    tcp.put(address, server);
    return this;
  }

  /// A resolver of these servers alone, without files.
  DnsResolver resolver(InetSocketAddress... servers) {
    return resolver(DnsOptions.DEFAULT.withServers(servers));
  }

  DnsResolver resolver(DnsOptions options) {
    return DnsResolver.open(options.withFiles(options.resolvConf(), null), this);
  }

  @Override
  public Message udp(InetSocketAddress server, Message query) throws IOException {
    return ask(udp, "udp", server, query);
  }

  @Override
  public Message tcp(InetSocketAddress server, Message query) throws IOException {
    return ask(tcp, "tcp", server, query);
  }

  private Message ask(
      Map<InetSocketAddress, Server> servers, String how, InetSocketAddress to, Message query)
      throws IOException {
    var question = query.questions().getFirst();
    log.add(
        "%s %d %s %s%s"
            .formatted(
                how,
                to.getAddress().getAddress()[3],
                question.name(),
                question.type(),
                query.edns() == null ? "" : " edns"));
    var server = servers.get(to);
    if (server == null) {
      throw new PortUnreachableException(to.toString());
    }
    return server.answer(query);
  }

  @Override
  public void close() {
    closed = true;
  }

  // Ways to answer.

  static Message silence(Message query) {
    Tulip.sleepForever();
    throw new AssertionError(query);
  }

  static Server code(ResponseCode code) {
    return query -> query.response(code, Set.of(Flag.QR, Flag.RA), List.of());
  }

  static Server records(ResourceRecord... records) {
    return query -> answer(query, records);
  }

  static Server late(Duration delay, Server server) {
    return query -> {
      Tulip.sleep(delay);
      return server.answer(query);
    };
  }

  /// The records of whatever name and type is asked for, and nothing else.
  static Server zone(ResourceRecord... records) {
    return query -> {
      var question = query.questions().getFirst();
      var mine = List.of(records).stream().filter(r -> r.name().equals(question.name())).toList();
      var answers = mine.stream().filter(r -> answers(r, question)).toList();
      return mine.isEmpty()
          ? negative(query, ResponseCode.NXDOMAIN, 60)
          : answers.isEmpty() ? negative(query, ResponseCode.NOERROR, 60) : answer(query, answers);
    };
  }

  private static boolean answers(ResourceRecord record, Question question) {
    return record.type().equals(question.type()) || record.type().equals(RecordType.CNAME);
  }

  static Message answer(Message query, ResourceRecord... records) {
    return answer(query, List.of(records));
  }

  private static Message answer(Message query, List<ResourceRecord> records) {
    return query.response(ResponseCode.NOERROR, Set.of(Flag.QR, Flag.RA), records);
  }

  /// With the SOA that says for how many seconds that is true.
  static Message negative(Message query, ResponseCode code, int minimum) {
    var soa = new RecordData.SOA(DomainName.ROOT, DomainName.ROOT, 1, 2, 3, 4, minimum);
    var authority = new ResourceRecord(DomainName.of("test"), RecordClass.IN, 3600, soa);
    var header = new Header(query.header().id(), Set.of(Flag.QR, Flag.RA), 0, code);
    return new Message(
        header, query.questions(), List.of(), List.of(authority), List.of(), query.edns());
  }

  static Message truncated(Message query) {
    return query.response(ResponseCode.NOERROR, Set.of(Flag.QR, Flag.TC), List.of());
  }

  static ResourceRecord a(String name, String address, int ttl) {
    return record(name, new RecordData.A((Inet4Address) InetAddress.ofLiteral(address)), ttl);
  }

  static ResourceRecord aaaa(String name, String address, int ttl) {
    return record(name, new RecordData.AAAA((Inet6Address) InetAddress.ofLiteral(address)), ttl);
  }

  static ResourceRecord cname(String name, String target, int ttl) {
    return record(name, new RecordData.CNAME(DomainName.of(target)), ttl);
  }

  static ResourceRecord record(String name, RecordData data, int ttl) {
    return new ResourceRecord(DomainName.of(name), RecordClass.IN, ttl, data);
  }
}
