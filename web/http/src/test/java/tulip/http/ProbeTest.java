// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tulip.http.raw.RawCase;
import tulip.http.raw.RawTable;
import tulip.testing.TulipTest;

/// Http11Probe's checklist, by its names, at a server: as it stands, and in two pieces at every
/// cut. The table is `http11probe.txt` in the resources.
@TulipTest
class ProbeTest {
  static List<RawCase> cases() {
    return RawTable.probe();
  }

  @ParameterizedTest
  @MethodSource("cases")
  @TulipTest
  void probe(RawCase each) throws IOException {
    RawExchange.check(each, RawExchange.application());
  }
}
