// SPDX-License-Identifier: Apache-2.0
package tulip.http.fields;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// What clients would rather have, with the examples of RFC 9110, section 12.5.
class PreferencesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "audio/*; q=0.2, audio/basic | audio/basic audio/mpeg | audio/basic",
        "audio/*; q=0.2, audio/basic | audio/mpeg | audio/mpeg",
        "text/plain; q=0.5, text/html, text/x-dvi; q=0.8, text/x-c | text/plain text/x-dvi | text/x-dvi",
        "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, */*;q=0.5"
            + " | text/plain image/jpeg text/plain;format=flowed | text/plain;format=flowed",
        "text/*;q=0.3, text/plain;q=0.7, */*;q=0.5 | text/html image/jpeg | image/jpeg",
        "text/html, text/plain;q=0 | text/plain | ",
        "text/html | image/png |",
        "nonsense/, text/html;q=2, text/plain | text/html text/plain | text/plain",
        "'' | text/html text/plain | text/html",
        "*/*;q=0.000 | text/html | ",
        "TEXT/HTML;Q=0.9, a/b;q=1.000 | text/html a/b | a/b"
      })
  void mediaTypes(String accept, String offered, @Nullable String best) {
    var types = List.of(offered.split(" ")).stream().map(MediaType::parse).toList();
    var chosen =
        preferences(HeaderName.ACCEPT, accept)
            .bestMediaType(types.stream().map(Objects::requireNonNull).toList());
    assertEquals(best == null ? null : MediaType.parse(best), chosen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compress, gzip | gzip identity | gzip",
        "compress;q=0.5, gzip;q=1.0 | compress gzip | gzip",
        "gzip;q=1.0, identity; q=0.5, *;q=0 | br identity | identity",
        "gzip;q=1.0, *;q=0 | br identity | ",
        "identity;q=0 | identity | ",
        "br | gzip identity | identity",
        "* | br gzip | br",
        "'' | br gzip | br",
        "GZIP | gzip | gzip"
      })
  void codings(String accept, String offered, @Nullable String best) {
    assertEquals(
        best, preferences(HeaderName.ACCEPT_ENCODING, accept).bestOf(List.of(offered.split(" "))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "da, en-gb;q=0.8, en;q=0.7 | en da | da",
        "da, en-gb;q=0.8, en;q=0.7 | en-US en-GB | en-GB",
        "de-CH | de fr | de",
        "en | fr en-US | en-US",
        "de | fr |",
        "de, *;q=0.1 | fr | fr",
        "ende | en |"
      })
  void languages(String accept, String offered, @Nullable String best) {
    assertEquals(
        best,
        preferences(HeaderName.ACCEPT_LANGUAGE, accept).bestLanguage(List.of(offered.split(" "))));
  }

  private static Preferences preferences(HeaderName name, String value) {
    return Preferences.of(Headers.builder().add(name, value).build(), name);
  }
}
