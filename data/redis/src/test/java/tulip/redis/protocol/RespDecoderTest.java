// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;

/// Replies of every type, cut at every place; and what is none.
class RespDecoderTest {
  static final Map<String, Reply> VECTORS = new LinkedHashMap<>();

  static {
    VECTORS.put("+OK\r\n", new Reply.SimpleString("OK"));
    VECTORS.put("+\r\n", new Reply.SimpleString(""));
    VECTORS.put("-ERR no\r\n", new Reply.Failure("ERR no"));
    VECTORS.put("!8\r\nSYNTAX x\r\n", new Reply.Failure("SYNTAX x"));
    VECTORS.put(":0\r\n", new Reply.Int(0));
    VECTORS.put(":+7\r\n", new Reply.Int(7));
    VECTORS.put(":-9223372036854775808\r\n", new Reply.Int(Long.MIN_VALUE));
    VECTORS.put(":9223372036854775807\r\n", new Reply.Int(Long.MAX_VALUE));
    VECTORS.put("$3\r\nfoo\r\n", bulk("foo"));
    VECTORS.put("$0\r\n\r\n", bulk(""));
    VECTORS.put("$4\r\na\r\nb\r\n", bulk("a\r\nb"));
    VECTORS.put("$-1\r\n", new Reply.Null());
    VECTORS.put("*-1\r\n", new Reply.Null());
    VECTORS.put("_\r\n", new Reply.Null());
    VECTORS.put("#t\r\n", new Reply.Bool(true));
    VECTORS.put("#f\r\n", new Reply.Bool(false));
    VECTORS.put(",3.25\r\n", new Reply.Real(3.25));
    VECTORS.put(",1e-3\r\n", new Reply.Real(0.001));
    VECTORS.put(",inf\r\n", new Reply.Real(Double.POSITIVE_INFINITY));
    VECTORS.put(",-inf\r\n", new Reply.Real(Double.NEGATIVE_INFINITY));
    VECTORS.put(",nan\r\n", new Reply.Real(Double.NaN));
    VECTORS.put(
        "(3492890328409238509324850943850943825024385\r\n",
        new Reply.BigNumber(
            new java.math.BigInteger("3492890328409238509324850943850943825024385")));
    VECTORS.put("=7\r\ntxt:abc\r\n", new Reply.Verbatim("txt", Bytes.ofAscii("abc")));
    VECTORS.put("*0\r\n", new Reply.Array(List.of()));
    VECTORS.put("~0\r\n", new Reply.Distinct(List.of()));
    VECTORS.put("%0\r\n", new Reply.Dict(List.of()));
    VECTORS.put(
        "*3\r\n:1\r\n$-1\r\n*1\r\n-ERR x\r\n",
        new Reply.Array(
            List.of(
                new Reply.Int(1),
                new Reply.Null(),
                new Reply.Array(List.of(new Reply.Failure("ERR x"))))));
    VECTORS.put("~2\r\n+a\r\n#t\r\n", new Reply.Distinct(List.of(text("a"), new Reply.Bool(true))));
    VECTORS.put(
        "%2\r\n+a\r\n:1\r\n+b\r\n*1\r\n_\r\n",
        new Reply.Dict(
            List.of(
                new Reply.Entry(text("a"), new Reply.Int(1)),
                new Reply.Entry(text("b"), new Reply.Array(List.of(new Reply.Null()))))));
    VECTORS.put(
        ">3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nm\r\n",
        new Reply.Push(List.of(bulk("message"), bulk("c"), bulk("m"))));
    VECTORS.put(
        "|1\r\n+ttl\r\n:3\r\n*1\r\n|1\r\n+x\r\n_\r\n:5\r\n",
        new Reply.Attributed(
            new Reply.Dict(List.of(new Reply.Entry(text("ttl"), new Reply.Int(3)))),
            new Reply.Array(
                List.of(
                    new Reply.Attributed(
                        new Reply.Dict(List.of(new Reply.Entry(text("x"), new Reply.Null()))),
                        new Reply.Int(5))))));
  }

  private static Reply bulk(String text) {
    return new Reply.Bulk(Bytes.ofAscii(text));
  }

  private static Reply text(String text) {
    return new Reply.SimpleString(text);
  }

  private static ByteQueue queue(String bytes) {
    var queue = new ByteQueue(1 << 20);
    queue.put(Bytes.ofLatin1(bytes));
    return queue;
  }

  /// All replies of bytes that come in pieces.
  static List<Reply> decode(RespDecoder decoder, List<Bytes> pieces) throws RespFormatException {
    var queue = new ByteQueue(1 << 20);
    var replies = new ArrayList<Reply>();
    for (var piece : pieces) {
      queue.put(piece);
      for (Reply reply; (reply = decoder.decode(queue)) != null; ) {
        replies.add(reply);
      }
    }
    assertEquals(0, queue.size());
    assertFalse(decoder.isInside());
    return replies;
  }

  @Test
  void everyTypeCutAtEveryPlace() throws RespFormatException {
    for (var vector : VECTORS.entrySet()) {
      var bytes = Bytes.ofLatin1(vector.getKey());
      for (int cut = 0; cut <= bytes.length(); cut++) {
        var pieces = List.of(bytes.slice(0, cut), bytes.slice(cut));
        assertEquals(
            List.of(vector.getValue()), decode(new RespDecoder(), pieces), vector.getKey());
      }
    }
  }

  @Test
  void everyPairByteByByte() throws RespFormatException {
    for (var first : VECTORS.entrySet()) {
      for (var second : VECTORS.entrySet()) {
        var bytes = Bytes.ofLatin1(first.getKey() + second.getKey());
        var pieces = new ArrayList<Bytes>();
        for (int i = 0; i < bytes.length(); i++) {
          pieces.add(bytes.slice(i, i + 1));
        }
        assertEquals(
            List.of(first.getValue(), second.getValue()), decode(new RespDecoder(), pieces));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n",
        "\r\n",
        ":\r\n",
        ":-\r\n",
        ":1x\r\n",
        ":9223372036854775808\r\n",
        ":-9223372036854775809\r\n",
        ":99999999999999999999\r\n",
        "$-2\r\n",
        "$x\r\n",
        "$?\r\n",
        "*?\r\n",
        "$3\r\nfoobar\r\n",
        "$1\r\na\rb",
        "%-1\r\n",
        "!-1\r\n",
        "+a\rb\r\n",
        "+a\nb\r\n",
        "_x\r\n",
        "#x\r\n",
        ",\r\n",
        ",0x1p3\r\n",
        ",1.0d\r\n",
        ",1-1\r\n",
        "(1.5\r\n",
        "(\r\n",
        "=3\r\ntxt\r\n",
        "=7\r\ntext:ab\r\n",
        "$999999999999\r\n",
        "*999999999999\r\n",
        "%9223372036854775807\r\n",
        "|9223372036854775807\r\n"
      })
  void whatIsNoReplyIsRefused(String bytes) {
    var decoder = new RespDecoder();
    assertThrows(RespFormatException.class, () -> decoder.decode(queue(bytes)));
  }

  @Test
  void anotherProtocolIsKnownByItsFirstByte() {
    var e =
        assertThrows(RespFormatException.class, () -> new RespDecoder().decode(queue("SSH-2.0-x")));
    assertTrue(String.valueOf(e.getMessage()).contains("is this a Redis server?"), e::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$11\r\n",
        "*2\r\n*5\r\n",
        "*3\r\n*0\r\n*4\r\n",
        "%4\r\n",
        "|3\r\n",
        "*1\r\n*1\r\n*1\r\n*1\r\n",
        "+0123456789012345678901234567890\r\n",
        "+01234567890123456789012345678901"
      })
  void whatIsTooMuchIsRefused(String bytes) {
    var decoder = new RespDecoder(new RespLimits(10, 6, 3, 30));
    assertThrows(RespFormatException.class, () -> decoder.decode(queue(bytes)));
  }

  @Test
  void asMuchAsTheLimitsAllow() throws RespFormatException {
    var decoder = new RespDecoder(new RespLimits(10, 6, 3, 30));
    var bytes = "*2\r\n*2\r\n*2\r\n$10\r\n0123456789\r\n:1\r\n:2\r\n:3\r\n";
    assertEquals(2, decode(decoder, List.of(Bytes.ofLatin1(bytes + bytes))).size());
  }

  @Test
  void anAnnouncementTakesNoMemory() throws RespFormatException {
    assertNull(new RespDecoder().decode(queue("*16777216\r\n")));
    assertNull(new RespDecoder().decode(queue("$536870912\r\n")));
  }

  @Test
  void aMillionElementsAreReadOnce() throws RespFormatException {
    var decoder = new RespDecoder();
    var queue = new ByteQueue(1 << 20);
    queue.put(Bytes.ofAscii("*1000000\r\n"));
    Reply reply = null;
    for (int i = 0; i < 1_000_000; i++) {
      assertNull(reply);
      queue.put(Bytes.ofAscii(":1\r\n"));
      reply = decoder.decode(queue);
    }
    assertNotNull(reply);
    assertEquals(1_000_000, reply.list().size());
  }
}
