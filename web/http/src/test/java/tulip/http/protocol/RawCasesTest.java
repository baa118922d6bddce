// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tulip.http.raw.Corpus;
import tulip.http.raw.RawCase;
import tulip.http.raw.RawTable;

/// The parser reads the same out of tables and folders of raw requests, however they are cut.
class RawCasesTest {
  static Stream<RawCase> cases() {
    return Stream.of(RawTable.probe(), RawTable.advisories(), Corpus.cases()).flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theParser(RawCase each) {
    byte[] all = each.bytes();
    var whole = Feed.server(HttpLimits.SERVER, all);
    assertEquals(whole, Feed.server(HttpLimits.SERVER, Splits.bytewise(all)));
    for (var pieces : each.splits()) {
      assertEquals(whole, Feed.server(HttpLimits.SERVER, pieces.toArray(byte[][]::new)));
    }
  }
}
