// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tulip.http.protocol.Vectors.Vector;

/// Right messages, whole, byte by byte, and each before each other at every cut.
class VectorTest {
  static List<Vector> requests() {
    return Vectors.REQUESTS;
  }

  static List<Vector> responses() {
    return Vectors.RESPONSES;
  }

  @ParameterizedTest
  @MethodSource("requests")
  void theServerReads(Vector first) {
    assertEquals(then(first.seen(), "closed"), Feed.server(first.text()));
    for (var second : Vectors.REQUESTS) {
      var expected = then(joined(first, second), "closed");
      Splits.each(
          Feed.latin1(first.text() + second.text()),
          pieces -> assertEquals(expected, Feed.server(HttpLimits.SERVER, pieces)));
    }
  }

  @ParameterizedTest
  @MethodSource("responses")
  void theClientReads(Vector first) {
    for (var second : Vectors.RESPONSES) {
      var expected = then(joined(first, second), Feed.NO_ANSWER);
      Splits.each(
          Feed.latin1(first.text() + second.text()),
          pieces -> assertEquals(expected, Feed.client(false, Method.GET, pieces)));
    }
  }

  private static List<String> joined(Vector first, Vector second) {
    var all = new ArrayList<>(first.seen());
    all.addAll(second.seen());
    return all;
  }

  private static List<String> then(List<String> lines, String last) {
    var all = new ArrayList<>(lines);
    all.add(last);
    return all;
  }
}
