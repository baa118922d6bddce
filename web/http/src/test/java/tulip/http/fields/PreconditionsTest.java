// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.http.fields.Preconditions.Current;
import tulip.http.fields.Preconditions.Outcome;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Method;
import tulip.http.protocol.RequestHead;

/// Conditional requests (RFC 9110, section 13), and the tags they go by.
class PreconditionsTest {
  private static final String BEFORE = "Sun, 06 Nov 1994 08:49:36 GMT";
  private static final String SAME = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final Current CURRENT =
      new Current(new EntityTag("x", false), Instant.parse("1994-11-06T08:49:37.5Z"));

  @ParameterizedTest
  @CsvSource({
    "GET, If-None-Match, '\"x\"', NOT_MODIFIED",
    "HEAD, If-None-Match, 'W/\"x\"', NOT_MODIFIED",
    "GET, If-None-Match, '\"a\", \"b,c\", \"x\"', NOT_MODIFIED",
    "GET, If-None-Match, '\"a\"', PROCEED",
    "GET, If-None-Match, *, NOT_MODIFIED",
    "PUT, If-None-Match, *, FAILED",
    "PUT, If-None-Match, '\"a\"', PROCEED",
    "GET, If-None-Match, x, PROCEED",
    "PUT, If-Match, '\"x\"', PROCEED",
    "PUT, If-Match, *, PROCEED",
    "PUT, If-Match, '\"a\", \"b\"', FAILED",
    "PUT, If-Match, 'W/\"x\"', FAILED",
    "GET, If-Match, '\"a\"', FAILED",
    "GET, If-Modified-Since, same, NOT_MODIFIED",
    "GET, If-Modified-Since, before, PROCEED",
    "GET, If-Modified-Since, nonsense, PROCEED",
    "POST, If-Modified-Since, same, PROCEED",
    "PUT, If-Unmodified-Since, same, PROCEED",
    "PUT, If-Unmodified-Since, before, FAILED",
    "PUT, If-Unmodified-Since, nonsense, PROCEED"
  })
  void oneConditionDecides(Method method, String name, String value, Outcome outcome) {
    var text = value.replace("same", SAME).replace("before", BEFORE);
    assertEquals(outcome, evaluate(method, Headers.of(name, text), CURRENT));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, If-None-Match, *, PROCEED",
    "PUT, If-None-Match, *, PROCEED",
    "PUT, If-Match, *, FAILED",
    "PUT, If-Match, '\"x\"', FAILED",
    "GET, If-Modified-Since, 'Sun, 06 Nov 1994 08:49:37 GMT', PROCEED",
    "PUT, If-Unmodified-Since, 'Sun, 06 Nov 1994 08:49:37 GMT', FAILED"
  })
  void whatDoesNotExistMatchesNothing(Method method, String name, String value, Outcome outcome) {
    assertEquals(outcome, evaluate(method, Headers.of(name, value), null));
  }

  @Test
  void tagsGoBeforeDates() {
    var changed = Headers.of("If-None-Match", "\"a\"", "If-Modified-Since", SAME);
    assertEquals(Outcome.PROCEED, evaluate(Method.GET, changed, CURRENT));
    var matching = Headers.of("If-Match", "\"x\"", "If-Unmodified-Since", BEFORE);
    assertEquals(Outcome.PROCEED, evaluate(Method.PUT, matching, CURRENT));
    var both = Headers.of("If-Match", "\"a\"", "If-None-Match", "\"x\"");
    assertEquals(Outcome.FAILED, evaluate(Method.GET, both, CURRENT));
  }

  @Test
  void aRangeAppliesToTheVersionItIsOf() {
    assertTrue(Preconditions.rangeApplies(Headers.EMPTY, CURRENT));
    assertTrue(Preconditions.rangeApplies(Headers.of("If-Range", "\"x\""), CURRENT));
    assertFalse(Preconditions.rangeApplies(Headers.of("If-Range", "W/\"x\""), CURRENT));
    assertFalse(Preconditions.rangeApplies(Headers.of("If-Range", "\"a\""), CURRENT));
    assertTrue(Preconditions.rangeApplies(Headers.of("If-Range", SAME), CURRENT));
    assertFalse(Preconditions.rangeApplies(Headers.of("If-Range", BEFORE), CURRENT));
    assertFalse(Preconditions.rangeApplies(Headers.of("If-Range", "x"), CURRENT));
    assertFalse(Preconditions.rangeApplies(Headers.of("If-Range", SAME), new Current(null, null)));
  }

  @Test
  void tagsAreComparedInTwoWays() { // the table of RFC 9110, section 8.8.3.2
    var weak1 = new EntityTag("1", true);
    var weak2 = new EntityTag("2", true);
    var strong1 = new EntityTag("1", false);
    assertFalse(weak1.matchesStrongly(weak1));
    assertTrue(weak1.matchesWeakly(weak1));
    assertFalse(weak1.matchesWeakly(weak2));
    assertFalse(weak1.matchesStrongly(strong1));
    assertTrue(weak1.matchesWeakly(strong1));
    assertTrue(strong1.matchesStrongly(strong1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"xyzzy\"", "W/\"xyzzy\"", "\"\"", "W/\"\"", "\"a,b\\\""})
  void tagsAreWrittenAsTheyWereRead(String text) {
    assertEquals(text, String.valueOf(EntityTag.parse(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"", "W/\"", "W/", "x", "w/\"x\"", "\"a b\"", "\"a\"b\"", "\"\u007f\""})
  void otherTextIsNoTag(String text) {
    assertNull(EntityTag.parse(text));
  }

  @Test
  void tagsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> new EntityTag("a\"b", false));
  }

  private static Outcome evaluate(Method method, Headers headers, @Nullable Current current) {
    return Preconditions.evaluate(RequestHead.of(method, "/", headers), current);
  }
}
