// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tulip.http.raw.Corpus;
import tulip.http.raw.RawCase;
import tulip.testing.TulipTest;

/// A folder of raw requests, as [Corpus] finds it, at a server that answers each with its body: as
/// they stand, and in two pieces at every cut. The parser alone reads them in `RawCasesTest`.
@TulipTest
class CorpusTest {
  static List<RawCase> cases() {
    return Corpus.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  @TulipTest
  void corpus(RawCase each) throws IOException {
    RawExchange.check(each, request -> Response.bytes(request.bytes()));
  }
}
