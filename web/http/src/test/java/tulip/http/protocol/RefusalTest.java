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
    checkReason(refusal, seen.getLast());
    Splits.each(
        refusal.bytes(), pieces -> assertEquals(seen, Feed.server(HttpLimits.SERVER, pieces)));
  }

  @ParameterizedTest
  @MethodSource("responses")
  void theClientRefuses(Refusal refusal) {
    var seen = Feed.client(Method.GET, refusal.text());
    assertTrue(seen.getLast().startsWith("refused "), () -> refusal.what() + ": " + seen);
    checkReason(refusal, seen.getLast());
    Splits.each(
        refusal.bytes(), pieces -> assertEquals(seen, Feed.client(false, Method.GET, pieces)));
  }

  /// A message that was refused only since it did not go on would pass with an end.
  private static void checkReason(Refusal refusal, String last) {
    assertEquals(
        refusal.what().startsWith("an end"), last.contains("stopped sending"), refusal::what);
  }
}
