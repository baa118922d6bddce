// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tulip.bytes.Bytes;

/// Replies in Java's terms, whichever version of the protocol they came in.
class ReplyTest {
  private static Reply bulk(String text) {
    return new Reply.Bulk(Bytes.ofUtf8(text));
  }

  @Test
  void numbersAreNumbersOrStrings() {
    assertEquals(7, new Reply.Int(7).integer());
    assertEquals(7, bulk("7").integer());
    assertEquals(1, new Reply.Bool(true).integer());
    assertEquals(1.5, new Reply.Real(1.5).real());
    assertEquals(1.5, bulk("1.5").real());
    assertEquals(2, new Reply.Int(2).real());
    assertEquals(Double.NEGATIVE_INFINITY, bulk("-inf").real());
    assertThrows(IllegalStateException.class, () -> bulk("x").integer());
    assertThrows(IllegalStateException.class, () -> bulk("0x1p1").real());
    assertThrows(IllegalStateException.class, () -> new Reply.Null().integer());
  }

  @Test
  void mapsAreMapsOrFlatArrays() {
    var pairs = List.of(new Reply.Entry(bulk("a"), bulk("1")));
    assertEquals(Map.of("a", "1"), new Reply.Dict(pairs).map(Reply::string));
    assertEquals(
        Map.of("a", "1"), new Reply.Array(List.of(bulk("a"), bulk("1"))).map(Reply::string));
    assertThrows(IllegalStateException.class, () -> new Reply.Array(List.of(bulk("a"))).entries());
  }

  @Test
  void attributesAreLookedThrough() {
    var reply = new Reply.Attributed(new Reply.Dict(List.of()), new Reply.Null());
    assertTrue(reply.isNull());
    assertNull(reply.orNull(Reply::string));
  }

  @Test
  void whatIsNoTextIsNotMadeOne() {
    var reply = new Reply.Bulk(Bytes.ofHex("ff00"));
    assertThrows(IllegalStateException.class, reply::string);
    assertEquals("ff00", reply.bytes().hex());
    assertEquals("\uFFFD", bulk("\uFFFD").string());
  }

  @Test
  void errorsAreThrown() {
    var failure = new Reply.Failure("WRONGTYPE of key");
    assertEquals("WRONGTYPE", failure.code());
    var e = assertThrows(RedisException.class, failure::list);
    assertEquals("WRONGTYPE", e.code());
    assertEquals("WRONGTYPE of key", e.getMessage());
    assertFalse(failure.isNull());
  }
}
