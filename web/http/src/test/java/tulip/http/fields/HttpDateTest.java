// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Dates, with the examples of RFC 9110, section 5.6.7.
class HttpDateTest {
  private static final Instant EXAMPLE = Instant.parse("1994-11-06T08:49:37Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994"
      })
  void threeFormsAreUnderstood(String text) {
    assertEquals(EXAMPLE, HttpDate.parse(text));
  }

  @Test
  void oneFormIsSent() {
    assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDate.format(EXAMPLE.plusMillis(999)));
    assertEquals(
        Instant.parse("2069-01-01T00:00:00Z"), HttpDate.parse("Tuesday, 01-Jan-69 00:00:00 GMT"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "sun, 06 nov 1994 08:49:37 gmt",
        "Sun, 06 Nov 1994 25:49:37 GMT",
        "1994-11-06T08:49:37Z"
      })
  void otherTextIsNone(String text) {
    assertNull(HttpDate.parse(text));
  }

  @Test
  void theSameSecondIsWrittenOnce() {
    var date = new HttpDate();
    var text = date.format(784111777);
    assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", text);
    assertSame(text, date.format(784111777));
    assertEquals("Sun, 06 Nov 1994 08:49:38 GMT", date.format(784111778));
  }

  @ParameterizedTest
  @CsvSource({
    "'Wed, 09 Jun 2021 10:18:14 GMT', 2021-06-09T10:18:14Z",
    "'Wed, 09-Jun-2021 10:18:14 GMT', 2021-06-09T10:18:14Z",
    "'Wed, 09-Jun-21 10:18:14 GMT', 2021-06-09T10:18:14Z",
    "'Wed Jun  9 10:18:14 2021', 2021-06-09T10:18:14Z",
    "2021 9 JUNE 1:2:3, 2021-06-09T01:02:03Z",
    "'10:18:14 9 jun 69', 2069-06-09T10:18:14Z",
    "'10:18:14 9 jun 70', 1970-06-09T10:18:14Z"
  })
  void cookiesHaveDatesOfAnyForm(String text, Instant time) {
    assertEquals(time, CookieDate.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "9 Jun 2021",
        "10:18:14 Jun 2021",
        "10:18:14 9 2021",
        "10:18:14 9 Jun",
        "24:00:00 9 Jun 2021",
        "10:18:14 31 Jun 2021",
        "10:18:14 9 Jun 1600",
        "10:18 9 Jun 2021"
      })
  void cookiesHaveNoDateIfAPartIsMissing(String text) {
    assertNull(CookieDate.parse(text));
  }
}
