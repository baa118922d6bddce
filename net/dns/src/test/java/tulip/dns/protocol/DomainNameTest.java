// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;

/// Names as text, within their limits, and compared.
class DomainNameTest {
  private static final String LONGEST_LABEL = "x".repeat(63);

  @ParameterizedTest
  @CsvSource({
    "example.org, example.org.",
    "example.org., example.org.",
    "., .",
    "Example.ORG, Example.ORG.",
    "a\\.b.c, a\\.b.c.",
    "a\\046b.c, a\\.b.c.",
    "\\000\\255, \\000\\255.",
    "a\\\\b, a\\\\b.",
    "\\a\\b, ab.",
    "_dmarc.example, _dmarc.example.",
    "bücher.example, xn--bcher-kva.example.",
    "bücher.example., xn--bcher-kva.example.",
    "例え。テスト, xn--r8jz45g.xn--zckzah.",
    "STRASSE.example, STRASSE.example."
  })
  void readsWhatPeopleWrite(String text, String formatted) {
    var name = DomainName.of(text);
    assertEquals(formatted, name.toString());
    assertTrue(DomainName.of(formatted).isSpelledLike(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "..", ".a", "a..b", "a\\", "a\\1", "a\\12", "a\\1x2", "a\\256", "ü\\046a"})
  void refusesWhatIsNoName(String text) {
    assertThrows(IllegalArgumentException.class, () -> DomainName.of(text));
  }

  @Test
  void saysWhatIsWrong() {
    var error = assertThrows(IllegalArgumentException.class, () -> DomainName.of("www..example"));
    assertEquals("'www..example': a label has 1 to 63 bytes, not 0", error.getMessage());
  }

  @Test
  void labelsAndNamesHaveLimits() {
    assertEquals(1, DomainName.of(LONGEST_LABEL).labels().size());
    assertThrows(IllegalArgumentException.class, () -> DomainName.of(LONGEST_LABEL + "x"));
    var labels = Collections.nCopies(3, LONGEST_LABEL);
    var longest = String.join(".", labels) + "." + "x".repeat(61);
    assertEquals(DomainName.MAX_WIRE, DomainName.of(longest).wire().length());
    assertThrows(IllegalArgumentException.class, () -> DomainName.of(longest + "x"));
    assertThrows(IllegalArgumentException.class, () -> DomainName.of("ü".repeat(64)));
  }

  @Test
  void anyByteMayStandInALabel() {
    var random = new Random(1);
    for (int round = 0; round < 1000; round++) {
      byte[] label = new byte[1 + random.nextInt(DomainName.MAX_LABEL)];
      random.nextBytes(label);
      var name = DomainName.ofLabels(List.of(Bytes.wrap(label), Bytes.ofAscii("example")));
      assertTrue(DomainName.of(name.toString()).isSpelledLike(name), name::toString);
    }
  }

  @Test
  void caseDoesNotMatterButIsKept() {
    var name = DomainName.of("WWW.Example.org");
    var other = DomainName.of("www.example.ORG");
    assertEquals(name, other);
    assertEquals(name.hashCode(), other.hashCode());
    assertEquals(0, name.compareTo(other));
    assertFalse(name.isSpelledLike(other));
    assertNotEquals(DomainName.of("\\192"), DomainName.of("\\224"), "only ASCII has cases");
  }

  @Test
  void knowsWhatLiesBelowWhat() {
    var zone = DomainName.of("example.org");
    assertTrue(DomainName.of("a.b.EXAMPLE.org").isWithin(zone));
    assertTrue(zone.isWithin(zone));
    assertTrue(zone.isWithin(DomainName.ROOT));
    assertFalse(zone.isWithin(DomainName.of("www.example.org")));
    assertFalse(DomainName.of("notexample.org").isWithin(zone));
    assertFalse(DomainName.of("x\\.example.org").isWithin(zone));
    assertEquals(zone, DomainName.of("www.example.org").parent());
    assertEquals(DomainName.of("www.example.org"), DomainName.of("www").below(zone));
    assertEquals(zone, zone.below(DomainName.ROOT));
    assertThrows(IllegalStateException.class, DomainName.ROOT::parent);
    assertThrows(
        IllegalArgumentException.class,
        () -> DomainName.of(LONGEST_LABEL.substring(1) + ".a").below(longName()));
  }

  private static DomainName longName() {
    return DomainName.of(String.join(".", Collections.nCopies(3, LONGEST_LABEL)));
  }

  /// The order of RFC 4034, 6.1.
  @Test
  void comparesFromTheRight() {
    var ordered =
        Stream.of(
                "example",
                "a.example",
                "yljkjljk.a.example",
                "Z.a.example",
                "zABC.a.EXAMPLE",
                "z.example",
                "\\001.z.example",
                "*.z.example",
                "\\200.z.example")
            .map(DomainName::of)
            .toList();
    var shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(1));
    Collections.sort(shuffled);
    assertEquals(ordered, shuffled);
  }

  @Test
  void showsOtherScripts() {
    assertEquals("bücher.example.", DomainName.of("xn--bcher-kva.example").toUnicode());
    assertEquals("a\\.b.", DomainName.of("a\\.b").toUnicode());
  }
}
