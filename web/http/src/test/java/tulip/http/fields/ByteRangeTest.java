// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ranges, with the examples of RFC 9110, section 14.1.2: a resource of 10000 bytes.
class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-499, 0-499",
    "bytes=500-999, 500-999",
    "bytes=-500, 9500-9999",
    "bytes=9500-, 9500-9999",
    "'bytes=0-0,-1', 0-0 9999-9999",
    "'bytes= 0-999, 4500-5499 , -1000', 0-999 4500-5499 9000-9999",
    "'bytes=500-600,601-999', 500-600 601-999",
    "BYTES=1-2, 1-2",
    "bytes=0-99999, 0-9999",
    "bytes=-99999, 0-9999",
    "bytes=9999-, 9999-9999",
    "'bytes=10000-,0-0', 0-0",
    "bytes=10000-, ''",
    "bytes=10000-20000, ''",
    "bytes=-0, ''"
  })
  void partsAreCutToTheLength(String text, String parts) {
    var ranges = ByteRange.parse(text, 10_000);
    assertNotNull(ranges);
    assertEquals(
        parts,
        ranges.stream()
            .map(each -> each.first() + "-" + each.last())
            .collect(Collectors.joining(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=1",
        "bytes=2-1",
        "bytes=a-b",
        "bytes=1-2-3",
        "bytes=1-2,",
        "lines=1-2",
        "bytes=+1-2",
        "bytes=0-9999999999999999999",
        "bytes=\u0661-2"
      })
  void otherTextIsPassedOver(String text) {
    assertNull(ByteRange.parse(text, 10_000));
  }

  @Test
  void manyRangesArePassedOver() {
    assertNotNull(ByteRange.parse("bytes=" + "0-0,".repeat(15) + "0-0", 10));
    assertNull(ByteRange.parse("bytes=" + "0-0,".repeat(16) + "0-0", 10));
  }

  @Test
  void aRangeKnowsItsLength() {
    var range = new ByteRange(21010, 47021);
    assertEquals(26012, range.length());
    assertEquals("bytes 21010-47021/47022", range.contentRange(47022));
    assertThrows(IllegalArgumentException.class, () -> new ByteRange(1, 0));
  }

  @Test
  void nothingHasNoParts() {
    assertEquals(List.of(), ByteRange.parse("bytes=0-,-5", 0));
  }
}
