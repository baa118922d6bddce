// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tulip.http.protocol.Refusals.Refusal;

/// What must be refused is refused with the right answer, and in the same way however it is split.
class RefusalTest {
  static List<Refusal> requests() {
    return Refusals.requests();
  }

  static List<Refusal> responses() {
    return Refusals.RESPONSES;
  }

  @ParameterizedTest
  @MethodSource("requests")
  void theServerRefuses(Refusal refusal) {
    var seen = Feed.server(refusal.text());
    assertTrue(
        seen.getLast().startsWith("refused " + refusal.status() + " "),
        () -> refusal.what() + ": " + seen);
    Splits.each(
        refusal.bytes(), pieces -> assertEquals(seen, Feed.server(HttpLimits.SERVER, pieces)));
  }

  @ParameterizedTest
  @MethodSource("responses")
  void theClientRefuses(Refusal refusal) {
    var seen = Feed.client(Method.GET, refusal.text());
    assertTrue(seen.getLast().startsWith("refused "), () -> refusal.what() + ": " + seen);
    Splits.each(
        refusal.bytes(), pieces -> assertEquals(seen, Feed.client(false, Method.GET, pieces)));
  }
}
