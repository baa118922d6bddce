// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.http.Response;
import tulip.http.coding.ContentCoding;
import tulip.http.protocol.Status;
import tulip.testing.TulipTest;

/// Which responses are compressed, and how.
@TulipTest
class CompressionTest {
  private static final String LONG = "word ".repeat(1000);

  private static Response ask(Response plain, String... fields) throws Exception {
    return Layers.ask(Compression.DEFAULT, _ -> plain, "/", fields);
  }

  @ParameterizedTest
  @TulipTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip, deflate, br | gzip",
        "br, deflate | deflate",
        "gzip;q=0.5, deflate | deflate",
        "* | gzip",
        "identity, gzip;q=0.5 | ",
        "gzip;q=0 | ",
        "br | ",
      })
  void theClientChooses(String accepted, String coding) throws Exception {
    var response = ask(Response.text(LONG), "Accept-Encoding", accepted);
    assertEquals(coding, response.headers().first("Content-Encoding"));
    assertEquals("Accept-Encoding", response.headers().first("Vary"));
  }

  @TulipTest
  void whoSaysNothingGetsItPlain() throws Exception {
    var response = ask(Response.text(LONG));
    assertNull(response.headers().first("Content-Encoding"));
    assertEquals("Accept-Encoding", response.headers().first("Vary"));
  }

  @ParameterizedTest
  @TulipTest
  @CsvSource({
    "text/css, gzip",
    "application/json; charset=utf-8, gzip",
    "application/problem+json, gzip",
    "image/svg+xml, gzip",
    "application/wasm, gzip",
    "image/png, ",
    "application/zip, ",
    "application/octet-stream, ",
    "nonsense, ",
  })
  void byType(String type, String coding) throws Exception {
    var response = ask(Response.text(LONG).header("Content-Type", type), "Accept-Encoding", "gzip");
    assertEquals(coding, response.headers().first("Content-Encoding"));
  }

  @TulipTest
  void streamsOfAnyLength() throws Exception {
    var response = ask(Response.stream("text/plain", _ -> {}), "Accept-Encoding", "gzip");
    assertEquals("gzip", response.headers().first("Content-Encoding"));
  }

  @TulipTest
  void theRestIsLeftAlone() throws Exception {
    var coded = Response.text(LONG).encoded(ContentCoding.DEFLATE);
    for (var plain :
        new Response[] {
          Response.text("short"),
          Response.empty(Status.NO_CONTENT),
          Response.text(LONG).header("Cache-Control", "public, No-Transform"),
          Response.text(LONG).status(206).header("Content-Range", "bytes 0-1/2"),
          coded
        }) {
      assertEquals(plain, ask(plain, "Accept-Encoding", "gzip"));
    }
  }
}
