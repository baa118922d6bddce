// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tulip.bytes.Bytes;
import tulip.bytes.LimitExceededException;

/// Whole messages, there and back, and broken in every way.
class MessageTest {
  private static final Bytes HEADER = Bytes.ofHex("000081800001000000000000");

  @Test
  void writesAQuery() throws DnsFormatException {
    var query =
        Message.query(0x1234, Question.of(DomainName.of("a.test"), RecordType.A), Edns.of(1232));
    var wire =
        Bytes.ofHex(
            "1234"
                + "0100"
                + "0001"
                + "0000"
                + "0000"
                + "0001" // RD; one question, one OPT
                + "0161"
                + "0474657374"
                + "00"
                + "0001"
                + "0001"
                + "00"
                + "0029"
                + "04d0"
                + "00000000"
                + "0000");
    assertEquals(wire, query.encode());
    assertEquals(query, Message.parse(wire));
  }

  @Test
  void everythingComesBack() throws DnsFormatException {
    var response = Samples.response();
    assertEquals(response, Message.parse(response.encode()));
  }

  @Test
  void flagsAndCodesHaveTheirBits() throws DnsFormatException {
    for (var flag : Flag.values()) {
      var header = new Header(1, Set.of(flag), 4, ResponseCode.REFUSED);
      var wire = new Message(header, List.of(), List.of(), List.of(), List.of(), null).encode();
      assertEquals(header, Header.parse(wire));
      assertEquals("%04x".formatted(0x2005 | flag.bit), wire.slice(2, 4).hex());
    }
  }

  @Test
  void aCutOffMessageIsRefusedAtEveryByte() {
    var wire = Samples.response().encode();
    for (int length = 0; length < wire.length(); length++) {
      var cut = wire.slice(0, length);
      var error = assertThrows(DnsFormatException.class, () -> Message.parse(cut));
      assertTrue(error.offset() <= length, error::toString);
    }
  }

  @Test
  void bytesTooManyAreRefused() {
    var wire = Bytes.concat(Samples.response().encode(), Bytes.ofHex("00"));
    var error = assertThrows(DnsFormatException.class, () -> Message.parse(wire));
    assertEquals("end", error.part());
    assertTrue(error.toString().endsWith("1 bytes too many"), error::toString);
  }

  @Test
  void theErrorSaysWhere() {
    var broken =
        Bytes.concat(
            Bytes.ofHex("000081800000000200000000"),
            Bytes.ofHex(
                "00"
                    + "0001"
                    + "0001"
                    + "00000000"
                    + "0004"
                    + "7f000001"
                    + "00"
                    + "0001"
                    + "0001"
                    + "00000000"
                    + "0003"
                    + "7f0000"));
    var error = assertThrows(DnsFormatException.class, () -> Message.parse(broken));
    assertEquals("answer record 2", error.part());
    assertEquals(
        "DNS message, answer record 2, before offset 38: " + "4 bytes wanted at offset 38, 3 left",
        error.getMessage());
  }

  @Test
  void aTimeAboveTheLimitCountsAsNone() throws DnsFormatException {
    var wire =
        Bytes.ofHex(
            "000081800000000100000000" + "00" + "0001" + "0001" + "80000000" + "0004" + "7f000001");
    assertEquals(0, Message.parse(wire).answers().getFirst().ttl());
  }

  // Names.

  /// The example of RFC 1035, 4.1.4.
  @Test
  void followsPointers() throws DnsFormatException {
    var wire =
        Bytes.ofHex(
            "000081800003000000000000"
                + "014603495349044152504100"
                + "00010001"
                + "03464f4fc00c"
                + "00010001" // FOO.F.ISI.ARPA
                + "c012"
                + "00010001"); // ARPA
    var names = Message.parse(wire).questions().stream().map(q -> q.name().toString()).toList();
    assertEquals(List.of("F.ISI.ARPA.", "FOO.F.ISI.ARPA.", "ARPA."), names);
  }

  @Test
  void aPointerMustPointBack() {
    refuseName("c00c", "to itself");
    refuseName("c00e", "forward");
    refuseName("0161c00c", "to its own begin");
    refuseName("0161c00e", "to itself");
    refuseName("c000", "into the header");
    refuseName("ffff", "beyond the end");
  }

  @Test
  void labelsOfUnknownKindAreRefused() {
    refuseName("40", "extended");
    refuseName("80", "unassigned");
  }

  @Test
  void namesThatGrowTooLongAreRefused() {
    refuseName(("3f" + "61".repeat(63)).repeat(4) + "00", "256 bytes");
    refuseName("0161".repeat(128) + "00", "257 bytes");
  }

  private static void refuseName(String hex, String why) {
    var wire = Bytes.concat(HEADER, Bytes.ofHex(hex), Bytes.ofHex("00010001"));
    assertThrows(DnsFormatException.class, () -> Message.parse(wire), why);
  }

  @Test
  void compressesWhatEveryoneCanRead() {
    var name = DomainName.of("www.example.org");
    var answers =
        List.of(
            new ResourceRecord(
                name, RecordClass.IN, 0, new RecordData.CNAME(DomainName.of("a.example.org"))),
            new ResourceRecord(name, RecordClass.IN, 0, new RecordData.SRV(0, 0, 0, name)));
    var wire =
        Message.query(0, Question.of(name, RecordType.SRV), null)
            .response(ResponseCode.NOERROR, Set.of(Flag.QR), answers)
            .encode();
    assertEquals(
        "c00c00050001000000000004"
            + "0161c010"
            + "c00c00210001000000000017"
            + "000000000000"
            + "03777777076578616d706c65036f726700",
        wire.slice(12 + 17 + 4).hex());
  }

  @Test
  void pointersReachSixteenKilobytesOnly() throws DnsFormatException {
    var big = new RecordData.TXT(Collections.nCopies(64, Bytes.ofAscii("x".repeat(255))));
    var records =
        List.of(
            new ResourceRecord(DomainName.ROOT, RecordClass.IN, 0, big),
            new ResourceRecord(Samples.NAME, RecordClass.IN, 0, big),
            new ResourceRecord(Samples.NAME, RecordClass.IN, 0, big),
            new ResourceRecord(
                Samples.OTHER, RecordClass.IN, 0, new RecordData.CNAME(Samples.NAME)));
    var message = new Message(Header.query(1), List.of(), records, List.of(), List.of(), null);
    assertEquals(message, Message.parse(message.encode()));
  }

  @Test
  void aMessageHasALimit() {
    var big = new RecordData.TXT(Collections.nCopies(255, Bytes.ofAscii("x".repeat(255))));
    var record = new ResourceRecord(DomainName.ROOT, RecordClass.IN, 0, big);
    var message =
        new Message(
            Header.query(1), List.of(), List.of(record, record), List.of(), List.of(), null);
    assertThrows(LimitExceededException.class, message::encode);
    assertThrows(
        DnsFormatException.class, () -> Message.parse(Bytes.wrap(new byte[Message.MAX_SIZE + 1])));
  }

  // EDNS.

  @Test
  void onlyOnePseudoRecordInItsPlace() throws DnsFormatException {
    var opt = "00" + "0029" + "04d0" + "01000000" + "0000";
    var good = Message.parse(Bytes.ofHex("000081800000000000000001" + opt));
    assertEquals(ResponseCode.BADVERS, good.header().code(), "with the upper bits");
    for (var bad :
        List.of(
            "000081800000000000000002" + opt + opt,
            "000081800000000100000000" + opt,
            "000081800000000000000001" + "0161" + opt,
            "000081800000000000000001" + "00" + "0029" + "04d0" + "00000000" + "0003" + "000a00")) {
      assertThrows(DnsFormatException.class, () -> Message.parse(Bytes.ofHex(bad)), bad);
    }
  }

  @Test
  void withoutEdnsThereAreNoExtendedCodes() {
    var header = new Header(1, Set.of(Flag.QR), 0, ResponseCode.BADVERS);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Message(header, List.of(), List.of(), List.of(), List.of(), null));
    assertNull(Message.query(1, Question.of(Samples.NAME, RecordType.A), null).edns());
  }

  // Fuzzing.

  @Test
  void brokenMessagesAreRefusedOrComeBack() {
    fuzz(new Random(20260101), 20_000);
  }

  @Test
  @Tag("long")
  void brokenMessagesAreRefusedOrComeBackForLong() {
    fuzz(new Random(), 500_000);
  }

  /// Whatever arrives, the decoder either says what is wrong, or gives a message that means the
  /// same when it is sent on.
  private static void fuzz(Random random, int rounds) {
    var seed = Samples.response().encode();
    int good = 0;
    for (int i = 0; i < rounds; i++) {
      var bytes = Samples.mutate(seed, random);
      try {
        var message = Message.parse(bytes);
        assertEquals(message, Message.parse(message.encode()), bytes::hex);
        assertEquals(message.toString(), Message.parse(message.encode()).toString(), bytes::hex);
        good++;
      } catch (DnsFormatException e) {
        assertTrue(e.offset() <= bytes.length(), bytes::hex);
      } catch (RuntimeException e) {
        throw new AssertionError(bytes.hex(), e);
      }
    }
    assertTrue(good > rounds / 100, "the fuzz must reach behind the checks: " + good);
  }
}
