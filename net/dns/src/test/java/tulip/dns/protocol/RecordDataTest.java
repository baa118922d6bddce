// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.Inet6Address;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;

/// The data of each type: its bytes, its text, and what is not one.
class RecordDataTest {
  private static final String FOO_COM = "03666f6f076578616d706c6503636f6d00";
  private static final String FOO_ORG = "03666f6f076578616d706c65036f726700";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "A     | c0000201                                   | 192.0.2.1",
        "AAAA  | 20010db8000000000000000000000001           | 2001:db8::1",
        "AAAA  | 00000000000000000000000000000000           | ::",
        "AAAA  | 00000000000000000000000000000001           | ::1",
        "AAAA  | 20010db8000000010000000100000000           | 2001:db8:0:1:0:1::",
        "AAAA  | 20010db8000000010001000100010001           | 2001:db8:0:1:1:1:1:1",
        "AAAA  | 00000000000000000000ffffc0000201           | ::ffff:192.0.2.1",
        "CNAME | 016100                                     | a.",
        "MX    | 000a0161047465737400                       | 10 a.test.",
        "SOA   | 0161000162000000000100000002000000030000000400000005 | a. b. 1 2 3 4 5",
        "SRV   | 00010002ffff016100                         | 1 2 65535 a.",
        "TXT   | 00                                         | \"\"",
        "TXT   | 0161017f                                   | \"a\" \"\\127\"",
        "CAA   | 80056973737565                             | 128 issue \"\"",
        "CAA   | 0003746167223b                             | 0 tag \"\\\";\"",
        "NAPTR | 00010002015303782b7900017800                | 1 2 \"S\" \"x+y\" \"\" x.",
        "TLSA  | 0301010d6f                                 | 3 1 1 0D6F",
        "TYPE9 | 00ff                                       | \\# 2 00FF",
        "TYPE9 |                                            | \\# 0"
      })
  void readsAndWrites(String type, String hex, String text) throws DnsFormatException {
    var wire = hex == null ? Bytes.EMPTY : Bytes.ofHex(hex);
    var data = parse(RecordType.of(type), wire);
    assertEquals(text, data.toString());
    assertEquals(wire, encode(data));
  }

  /// The vectors of RFC 9460, appendix D.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "0000" + FOO_COM + "| 0 foo.example.com.",
        "000100 | 1 .",
        "0010" + FOO_COM + "000300020035 | 16 foo.example.com. port=53",
        "0001" + FOO_COM + "029b000568656c6c6f | 1 foo.example.com. key667=\"hello\"",
        "0001"
            + FOO_COM
            + "029b000968656c6c6fd2716f6f | 1 foo.example.com. key667=\"hello\\210qoo\"",
        "0001"
            + FOO_COM
            + "0006002020010db800000000000000000000000120010db8000000000000000000530001"
            + "| 1 foo.example.com. ipv6hint=2001:db8::1,2001:db8::53:1",
        "0010"
            + FOO_ORG
            + "0000000400010004"
            + "00010009026832"
            + "0568332d3139"
            + "00040004c0000201"
            + "| 16 foo.example.org. mandatory=alpn,ipv4hint alpn=\"h2,h3-19\" ipv4hint=192.0.2.1",
        "0010"
            + FOO_ORG
            + "0001000c08665c6f6f2c626172026832"
            + "| 16 foo.example.org. alpn=\"f\\\\\\\\oo\\\\,bar,h2\""
      })
  void serviceBindings(String hex, String text) throws DnsFormatException {
    for (var type : List.of(RecordType.SVCB, RecordType.HTTPS)) {
      var data = parse(type, Bytes.ofHex(hex));
      assertEquals(text, data.toString());
      assertEquals(hex, encode(data).hex());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000300010000", // a port of one byte
        "000300020035000300020035", // twice
        "00030002003500010003026832", // keys out of order
        "00000002" + "0001", // mandatory, but not there
        "000000020000", // mandatory is not mandatory
        "0001000100", // an empty protocol
        "00010000", // no protocol
        "00010003036832", // a protocol longer than the list
        "000200020035", // a flag with a value
        "00040003c00002",
        "00040000",
        "0006000420010db8"
      })
  void refusesBadParameters(String hex) {
    var wire = Bytes.concat(Bytes.ofHex("000100"), Bytes.ofHex(hex));
    assertThrows(DnsFormatException.class, () -> parse(RecordType.SVCB, wire));
  }

  @ParameterizedTest
  @CsvSource({
    "A, c00002",
    "A, c000020101",
    "AAAA, c0000201",
    "CNAME, 0161",
    "CNAME, 016100ff",
    "MX, 000a",
    "SOA, 016100016200000000010000000200000003000000040000",
    "SRV, 000100020003",
    "TXT, 0261",
    "CAA, 0000",
    "CAA, 00012d",
    "CAA, 000561",
    "NAPTR, 0001000201530378",
    "TLSA, 0301",
    "SVCB, 0001",
    "HTTPS, 000101"
  })
  void refusesDataThatDoesNotFit(String type, String hex) {
    assertThrows(DnsFormatException.class, () -> parse(RecordType.of(type), Bytes.ofHex(hex)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TXT", "A", "MX"})
  void emptyDataIsNoDataOfAKnownType(String type) {
    assertThrows(DnsFormatException.class, () -> parse(RecordType.of(type), Bytes.EMPTY));
  }

  @Test
  void theTargetOfAServiceIsNotCompressed() {
    var wire = Bytes.ofHex("0001c00c");
    assertThrows(DnsFormatException.class, () -> parse(RecordType.HTTPS, wire));
  }

  @Test
  void otherClassesAreNotLookedInto() throws DnsFormatException {
    var wire = record(RecordType.A, RecordClass.CH, Bytes.ofHex("0161000001"));
    assertInstanceOf(RecordData.Unknown.class, Message.parse(wire).answers().getFirst().data());
  }

  @Test
  void allSamplesComeBack() throws DnsFormatException {
    for (var data : Samples.data().values()) {
      assertEquals(data, parse(data.type(), encode(data)));
    }
  }

  @Test
  void aMappedAddressStaysOneOfVersion6() throws DnsFormatException {
    var data = parse(RecordType.AAAA, Bytes.ofHex("00000000000000000000ffffc0000201"));
    Inet6Address address = ((RecordData.AAAA) data).address();
    assertEquals(16, address.getAddress().length);
  }

  @Test
  void parametersHaveMethods() {
    var parameters = Samples.parameters();
    assertEquals(List.of(1, 3), parameters.mandatory());
    assertEquals(List.of(Bytes.ofAscii("h2"), Bytes.ofAscii("h3")), parameters.alpn());
    assertEquals(8443, parameters.port().orElseThrow());
    assertEquals(2, parameters.ipv4Hint().size());
    assertEquals(1, parameters.ipv6Hint().size());
    assertEquals(Bytes.ofAscii("xyz"), parameters.get(SvcParams.ECH));
    assertEquals(List.of(), SvcParams.NONE.alpn());
    assertEquals(true, SvcParams.NONE.port().isEmpty());
  }

  @Test
  void constructorsRefuseWhatCannotBeSent() {
    var name = DomainName.ROOT;
    var tooLong = Bytes.wrap(new byte[256]);
    refuse(() -> new RecordData.MX(65536, name));
    refuse(() -> new RecordData.MX(-1, name));
    refuse(() -> new RecordData.SOA(name, name, 1L << 32, 0, 0, 0, 0));
    refuse(() -> new RecordData.SRV(0, 0, 70000, name));
    refuse(() -> new RecordData.TXT(List.of()));
    refuse(() -> new RecordData.TXT(List.of(tooLong)));
    refuse(() -> new RecordData.CAA(0, "is-sue", Bytes.EMPTY));
    refuse(() -> new RecordData.CAA(256, "issue", Bytes.EMPTY));
    refuse(() -> new RecordData.NAPTR(0, 0, tooLong, tooLong, tooLong, name));
    refuse(() -> new RecordData.TLSA(0, 0, 256, Bytes.EMPTY));
    refuse(() -> new RecordData.Unknown(RecordType.OPT, Bytes.EMPTY));
    refuse(() -> new RecordType(65536));
    refuse(() -> new SvcParams(new TreeMap<>(Map.of(SvcParams.PORT, Bytes.EMPTY))));
    refuse(() -> RecordType.of("TYPE65536"));
    refuse(() -> RecordType.of("MXX"));
  }

  private static void refuse(Executable constructor) {
    assertThrows(IllegalArgumentException.class, constructor);
  }

  private static RecordData parse(RecordType type, Bytes wire) throws DnsFormatException {
    return Message.parse(record(type, RecordClass.IN, wire)).answers().getFirst().data();
  }

  private static Bytes record(RecordType type, RecordClass recordClass, Bytes data) {
    return Bytes.concat(
        Bytes.ofHex("000081800000000100000000" + "00"),
        Bytes.ofHex("%04x%04x".formatted(type.value(), recordClass.value())),
        Bytes.ofHex("00000000" + "%04x".formatted(data.length())),
        data);
  }

  private static Bytes encode(RecordData data) {
    var record = new ResourceRecord(DomainName.ROOT, RecordClass.IN, 0, data);
    var header = new Header(0, Set.of(), 0, ResponseCode.NOERROR);
    return new Message(header, List.of(), List.of(record), List.of(), List.of(), null)
        .encode()
        .slice(12 + 11);
  }
}
