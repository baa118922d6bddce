// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Media types, with the examples of RFC 9110, section 8.3.
class MediaTypeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html;charset=utf-8",
        "Text/HTML;Charset=\"utf-8\"",
        "text/html; charset=\"utf-8\"",
        "text/html;charset=utf-8;;",
        "text/html ; charset=utf-8; CHARSET=latin1"
      })
  void spellingsAreEquivalent(String text) {
    var type = new MediaType("text", "html", Map.of("charset", "utf-8"));
    assertEquals(type, MediaType.parse(text));
    assertEquals("utf-8", type.charset());
    assertEquals("text/html; charset=utf-8", type.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "text/",
        "/html",
        "text/ html",
        "text/html x",
        "text/html; a=",
        "a/b;c=\"d"
      })
  void otherTextIsNone(String text) {
    assertNull(MediaType.parse(text));
  }

  @Test
  void valuesAreQuotedIfTheyMust() {
    var text = "multipart/form-data; boundary=\"a b\\\"c\\\\\"";
    var type = MediaType.parse(text);
    assertNotNull(type);
    assertEquals("a b\"c\\", type.parameters().get("boundary"));
    assertEquals(text, type.toString());
  }

  @Test
  void rangesIncludeTypes() {
    var html = MediaType.parse("text/html;level=1");
    assertNotNull(html);
    assertTrue(MediaType.of("*", "*").includes(html));
    assertTrue(MediaType.of("text", "*").includes(html));
    assertTrue(MediaType.of("text", "html").includes(html));
    assertTrue(html.includes(html));
    assertFalse(html.includes(MediaType.of("text", "html")));
    assertFalse(MediaType.of("text", "plain").includes(html));
    assertFalse(MediaType.of("image", "*").includes(html));
  }

  @Test
  void jsonHasManyNames() {
    assertTrue(MediaType.of("application", "json").isJson());
    assertTrue(MediaType.of("application", "problem+json").isJson());
    assertFalse(MediaType.of("text", "json").isJson());
  }
}
