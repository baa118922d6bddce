// SPDX-License-Identifier: Apache-2.0
package tulip.memcached.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.memcached.protocol.Reply.Code;
import tulip.memcached.protocol.Reply.Failure;
import tulip.memcached.protocol.Reply.Fault;
import tulip.memcached.protocol.Reply.Line;
import tulip.memcached.protocol.Reply.Meta;
import tulip.memcached.protocol.Reply.Recache;
import tulip.testing.WireSplitter;
import tulip.testing.WireVector;

/// Replies as memcached 1.6.18 sends them.
class ReplyDecoderTest {
  private static final int MAX_VALUE = 100;

  private static WireSplitter.Decoder<Reply> codec() {
    var decoder = new ReplyDecoder(MAX_VALUE);
    return (input, events) -> {
      for (Reply reply; (reply = decoder.decode(input)) != null; ) events.accept(reply);
    };
  }

  private static WireVector<Reply> vector(String wire, Reply reply) {
    return WireVector.of(wire, Bytes.ofAscii(wire), reply);
  }

  private static WireVector<Reply> refused(String wire) {
    return WireVector.refused(wire, Bytes.ofLatin1(wire), MalformedException.class);
  }

  private static Meta plain(Code code) {
    return new Meta(code, Bytes.EMPTY, 0, 0, Recache.NONE);
  }

  private static Meta value(String value, int flags, long cas, Recache recache) {
    return new Meta(Code.VA, Bytes.ofAscii(value), flags, cas, recache);
  }

  @Test
  void repliesComeInPieces() {
    WireSplitter.check(
        ReplyDecoderTest::codec,
        List.of(
            vector("HD\r\n", plain(Code.HD)),
            vector("EN\r\n", plain(Code.EN)),
            vector("NS\r\n", plain(Code.NS)),
            vector("NF\r\n", plain(Code.NF)),
            vector("MN\r\n", plain(Code.MN)),
            vector("EX c0\r\n", plain(Code.EX)),
            vector("HD t352071947\r\n", plain(Code.HD)),
            vector("VA 0 f0\r\n\r\n", value("", 0, 0, Recache.NONE)),
            vector("VA 4 f16 c1 t-1\r\n\r\n\r\n\r\n", value("\r\n\r\n", 16, 1, Recache.NONE)),
            vector("VA 2\r\n10\r\n", value("10", 0, 0, Recache.NONE)),
            vector(
                "VA 2 f4294967295 c18446744073709551615\r\nhi\r\n",
                value("hi", -1, -1, Recache.NONE)),
            vector("VA 2 f0 kZm9vIGJhcg== b ? s2 O12\r\nhi\r\n", value("hi", 0, 0, Recache.NONE)),
            vector(
                "VA 7 f16 c7 t30 X W\r\nhelloxx\r\n",
                value("helloxx", 16, 7, new Recache(true, true, false))),
            vector("VA 0 c6 Z\r\n\r\n", value("", 0, 6, new Recache(false, false, true))),
            vector("ME foo exp=-1 la=0\r\n", new Line("ME", "foo exp=-1 la=0")),
            vector("STAT pid 4990\r\n", new Line("STAT", "pid 4990")),
            vector("END\r\n", new Line("END", "")),
            vector("OK\r\n", new Line("OK", "")),
            vector("RESET\r\n", new Line("RESET", "")),
            vector("STORED\r\n", new Line("STORED", "")),
            vector("VERSION 1.6.18\r\n", new Line("VERSION", "1.6.18")),
            vector("ERROR\r\n", new Failure(Fault.UNKNOWN_COMMAND, "")),
            vector("CLIENT_ERROR bad data\r\n", new Failure(Fault.CLIENT, "bad data")),
            vector("SERVER_ERROR out of it\r\n", new Failure(Fault.SERVER, "out of it")),
            refused("VA\r\n"),
            refused("VA x\r\n"),
            refused("VA -1\r\n"),
            refused("VA 101 f0\r\n"),
            refused("VA 99999999999999999999999\r\n"),
            refused("VA 18446744073709551616\r\n"),
            refused("VA 2 fx\r\nhi\r\n"),
            refused("VA 2 c\r\nhi\r\n"),
            refused("VA 2 f0\r\nhi!\r"),
            refused("HD\n"),
            refused("\r\n"),
            refused("HELLO\r\n"),
            refused("HTTP/1.1 400 Bad Request\r\n"),
            refused("-ERR unknown command\r\n")));
  }

  @Test
  void aLineWithoutAnEndIsRefused() {
    var input = new ByteQueue(1 << 20);
    input.put(new byte[ReplyDecoder.MAX_LINE + 1]);
    assertThrows(MalformedException.class, () -> new ReplyDecoder(1).decode(input));
  }

  @Test
  void afterAMisunderstandingNothingIsInStep() {
    assertFalse(new Failure(Fault.UNKNOWN_COMMAND, "").isInStep());
    assertFalse(new Failure(Fault.CLIENT, "bad command line format").isInStep());
    assertFalse(new Failure(Fault.CLIENT, "line too long").isInStep());
    assertTrue(new Failure(Fault.CLIENT, "cannot increment non-numeric value").isInStep());
    assertTrue(new Failure(Fault.SERVER, "object too large for cache").isInStep());
  }

  @Test
  void eachCommandHasItsReplies() {
    assertTrue(Command.MG.isAnsweredBy(plain(Code.EN)));
    assertFalse(Command.MG.isAnsweredBy(plain(Code.NF)));
    assertFalse(Command.MS.isAnsweredBy(value("x", 0, 0, Recache.NONE)));
    assertTrue(Command.MS.isAnsweredBy(new Failure(Fault.SERVER, "")));
    assertFalse(Command.MG.isAnsweredBy(new Line("ME", "")));
    assertTrue(Command.ME.isAnsweredBy(new Line("ME", "")));
    assertEquals("ma", Command.MA.word());
  }
}
