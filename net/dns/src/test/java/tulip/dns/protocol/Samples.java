// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import tulip.bytes.Bytes;

/// Messages and data to test with.
final class Samples {
  static final DomainName NAME = DomainName.of("www.example.org");
  static final DomainName OTHER = DomainName.of("mail.example.org");

  private Samples() {}

  /// Data of each type, by how a zone file writes it.
  static Map<String, RecordData> data() {
    var data = new TreeMap<String, RecordData>();
    for (var it :
        List.of(
            new RecordData.A(Inet4Address.ofLiteral("192.0.2.1")),
            new RecordData.AAAA((Inet6Address) Inet6Address.ofLiteral("2001:db8::1")),
            new RecordData.CNAME(OTHER),
            new RecordData.NS(OTHER),
            new RecordData.PTR(DomainName.of("other.test")),
            new RecordData.MX(10, OTHER),
            new RecordData.MX(0, DomainName.ROOT),
            new RecordData.SOA(OTHER, NAME, 0xFFFF_FFFFL, 1, 2, 3, 4),
            new RecordData.SRV(1, 2, 65535, OTHER),
            new RecordData.TXT(List.of(Bytes.ofAscii("say \"hi\""), Bytes.ofHex("00ff5c"))),
            new RecordData.TXT(List.of(Bytes.ofAscii("x".repeat(255)), Bytes.EMPTY)),
            new RecordData.CAA(128, "issue", Bytes.ofAscii("ca.test; a=b")),
            new RecordData.NAPTR(
                1,
                2,
                Bytes.ofAscii("U"),
                Bytes.ofAscii("E2U+sip"),
                Bytes.ofAscii("!^.*$!sip:i@a.test!"),
                DomainName.ROOT),
            new RecordData.TLSA(3, 1, 1, Bytes.ofHex("0d6f")),
            new RecordData.SVCB(0, OTHER, SvcParams.NONE),
            new RecordData.HTTPS(1, DomainName.ROOT, parameters()),
            new RecordData.Unknown(new RecordType(65280), Bytes.ofHex("0a0001")),
            new RecordData.Unknown(new RecordType(65280), Bytes.EMPTY))) {
      data.put(it.toString(), it);
    }
    return data;
  }

  static SvcParams parameters() {
    var values = new TreeMap<Integer, Bytes>();
    values.put(SvcParams.MANDATORY, Bytes.ofHex("00010003"));
    values.put(SvcParams.ALPN, Bytes.ofHex("026832026833"));
    values.put(SvcParams.NO_DEFAULT_ALPN, Bytes.EMPTY);
    values.put(SvcParams.PORT, Bytes.ofHex("20fb"));
    values.put(SvcParams.IPV4HINT, Bytes.ofHex("c0000201c0000202"));
    values.put(SvcParams.ECH, Bytes.ofAscii("xyz"));
    values.put(SvcParams.IPV6HINT, Bytes.ofHex("20010db8000000000000000000000001"));
    values.put(667, Bytes.ofAscii("hello"));
    return new SvcParams(values);
  }

  /// A response with all of that data.
  static Message response() {
    var records =
        data().values().stream()
            .map(data -> new ResourceRecord(NAME, RecordClass.IN, 3600, data))
            .toList();
    var header =
        new Header(0xBEEF, Set.of(Flag.QR, Flag.RD, Flag.RA, Flag.AD), 0, ResponseCode.BADVERS);
    var edns =
        new Edns(1232, 0, true, List.of(new EdnsOption(10, Bytes.ofHex("0102030405060708"))));
    return new Message(
        header,
        List.of(Question.of(NAME, RecordType.ANY)),
        records.subList(0, 5),
        records.subList(5, 10),
        records.subList(10, records.size()),
        edns);
  }

  /// A message with a few bytes changed, cut out or put in.
  static Bytes mutate(Bytes message, Random random) {
    byte[] bytes = message.toByteArray();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) interesting(random);
    }
    if (random.nextInt(4) > 0) {
      return Bytes.wrap(bytes);
    }
    int from = random.nextInt(bytes.length);
    int to = from + random.nextInt(bytes.length - from);
    var all = Bytes.wrap(bytes);
    return random.nextBoolean()
        ? Bytes.concat(all.slice(0, from), all.slice(to))
        : Bytes.concat(all.slice(0, to), all.slice(from));
  }

  private static int interesting(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> 0xC0;
      case 2 -> random.nextInt(64);
      default -> random.nextInt(256);
    };
  }
}
