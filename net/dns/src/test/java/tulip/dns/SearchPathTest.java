// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.dns.protocol.DomainName;

class SearchPathTest {
  private static final DnsSettings SETTINGS =
      DnsSettings.DEFAULT.withSearch(List.of(DomainName.of("a.test"), DomainName.of("b.test")));

  @ParameterizedTest
  @CsvSource({
    "www, 1, www.a.test. www.b.test. www.",
    "www.x, 1, www.x. www.x.a.test. www.x.b.test.",
    "www.x, 2, www.x.a.test. www.x.b.test. www.x.",
    "www., 1, www.",
    "www\\., 1, www\\..a.test. www\\..b.test. www\\..",
    "www, 0, www. www.a.test. www.b.test."
  })
  void triesTheDomains(String host, int ndots, String expected) {
    var names = SearchPath.of(host, SETTINGS.withNdots(ndots));
    assertEquals(expected, String.join(" ", names.stream().map(DomainName::toString).toList()));
  }

  @Test
  void whatWouldBeTooLongIsLeftOut() {
    var label = "x".repeat(60);
    var host = String.join(".", List.of(label, label, label, label));
    assertEquals(
        List.of(DomainName.of(host)),
        SearchPath.of(host, SETTINGS.withSearch(List.of(DomainName.of("example.test")))));
    assertEquals(
        2, SearchPath.of(host, SETTINGS.withSearch(List.of(DomainName.of("abcdefgh")))).size());
    assertEquals(
        1, SearchPath.of(host, SETTINGS.withSearch(List.of(DomainName.of("abcdefghij")))).size());
  }

  @Test
  void noNameIsTriedTwice() {
    assertEquals(1, SearchPath.of("www", SETTINGS.withSearch(List.of(DomainName.ROOT))).size());
  }
}
