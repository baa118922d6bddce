// SPDX-License-Identifier: Apache-2.0
package tulip.http.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.JsonCodec;

class JacksonCodecTest {
  public record Item(String name, BigDecimal price, LocalDate since, List<String> tags) {}

  private static final Item TULIP =
      new Item("Tülpe", new BigDecimal("1.50"), LocalDate.of(2026, 11, 23), List.of("red"));

  private final JsonCodec codec = JsonCodec.provided();

  private static Bytes utf8(String text) {
    return Bytes.ofUtf8(text);
  }

  @Test
  void isProvided() {
    assertInstanceOf(JacksonCodec.class, codec);
  }

  @Test
  void recordsThereAndBack() throws MalformedException {
    var json = codec.encode(TULIP);
    assertEquals(
        "{\"name\":\"Tülpe\",\"price\":1.50,\"since\":\"2026-11-23\",\"tags\":[\"red\"]}",
        json.utf8());
    assertEquals(TULIP, codec.decode(json, Item.class));
    assertArrayEquals(
        new Item[] {TULIP, TULIP}, codec.decode(codec.encode(List.of(TULIP, TULIP)), Item[].class));
  }

  @Test
  void mapsAndText() throws MalformedException {
    assertEquals("{\"message\":\"Hello\"}", codec.encode(Map.of("message", "Hello")).utf8());
    assertEquals("\"a\\\"b\"", codec.encode("a\"b").utf8());
    assertEquals(Map.of("a", List.of(1, true)), codec.decode(utf8("{\"a\":[1,true]}"), Map.class));
  }

  @Test
  void whatIsMalformedIsPlacedAndNothingInternalIsTold() {
    for (var bad : List.of("", "{\"name\":", "[1", "{\"name\":{}}", "nonsense", "{}{}")) {
      var e =
          assertThrows(MalformedException.class, () -> codec.decode(utf8(bad), Item.class), bad);
      assertEquals(-1, String.valueOf(e.getMessage()).indexOf("tulip"), e.getMessage());
    }
    var e =
        assertThrows(
            MalformedException.class, () -> codec.decode(utf8("{\n \"name\": x}"), Item.class));
    assertEquals("malformed JSON in line 2, column 10", e.getMessage());
  }

  @Test
  void nullIsNoValue() {
    assertThrows(MalformedException.class, () -> codec.decode(utf8("null"), Item.class));
  }

  @Test
  void depthIsLimited() {
    var deep = "[".repeat(100_000);
    assertThrows(MalformedException.class, () -> codec.decode(utf8(deep), List.class));
  }

  @Test
  void whatCannotBeWrittenSaysSo() {
    var loop = new Object[1];
    loop[0] = loop;
    assertThrows(IllegalArgumentException.class, () -> codec.encode(loop));
  }

  @Test
  void aMapperOfOnesOwn() {
    var pretty =
        new JacksonCodec(JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build());
    assertEquals("{\n  \"a\" : 1\n}", pretty.encode(Map.of("a", 1)).utf8().replace("\r", ""));
  }
}
