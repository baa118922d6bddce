// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.http.client.FormData;
import tulip.http.client.Payload;
import tulip.http.multipart.Part;
import tulip.http.protocol.Method;
import tulip.http.protocol.Status;
import tulip.http.raw.RawCase;
import tulip.http.raw.RawTable;
import tulip.testing.TulipTest;

/// What aiohttp had to publish advisories about, by number. Those that are plain bytes of a request
/// stand in `advisories.txt` in the resources.
///
/// Four are tested where they belong: CVE-2026-54274 (frames above the limit held before they are
/// refused) and aiohttp#12976 (compressed frames that were not agreed on) in the WebSocket
/// protocol's `ReceiveTest`; aiohttp#13180 (secrets follow redirections) in `RedirectionsTest`;
/// aiohttp-session#272 (identities that clients make up) in `SessionsTest`.
@TulipTest
class AdvisoriesTest {
  static List<RawCase> requests() {
    return RawTable.advisories();
  }

  @ParameterizedTest
  @MethodSource("requests")
  @TulipTest
  void request(RawCase each) throws IOException {
    RawExchange.check(each, RawExchange.application());
  }

  // ---- what we send ----

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "a\u0007b", "a\rb", "a\nb", "a\r\nX: b", "\u007f", "\u0100"})
  void cve_2023_37276_and_2026_34520_controlsInResponseFields(String value) {
    var response = Response.text("");
    assertThrows(IllegalArgumentException.class, () -> response.header("X", value));
    assertThrows(IllegalArgumentException.class, () -> response.header(value, "X"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\nX:", "GE\nT", "GE T", "G\0ET", ""})
  void cve_2023_49081_and_49082_lineEndsInMethods(String method) {
    assertThrows(IllegalArgumentException.class, () -> new Method(method));
  }

  @ParameterizedTest
  @ValueSource(strings = {"O\rK", "O\nK", "OK\r\nX: y", "O\0K"})
  void cve_2026_34519_lineEndsInPhrases(String phrase) {
    assertThrows(IllegalArgumentException.class, () -> new Status(200, phrase));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain\r\nX: y", "text/plain\nX: y", "text/plain\r"})
  void cve_2026_34514_and_50269_lineEndsInTypesOfParts(String type) {
    assertThrows(
        IllegalArgumentException.class,
        () -> FormData.of().file("a", "b", Payload.bytes(type, Bytes.EMPTY)));
  }

  // ---- how much clients may cost ----

  @TulipTest
  void cve_2025_69229_manyTinyChunks() throws IOException {
    int chunks = 200_000;
    try (var talk = Talk.to(request -> Response.text("" + request.bytes().length()))) {
      talk.send("POST / HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n");
      talk.send("1\na\n".repeat(chunks) + "0\n\n");
      assertTrue(talk.answer().endsWith("\n\n" + chunks));
    }
  }

  @TulipTest
  void cve_2026_54273_pipelinedRequestsWaitAtTheClient() throws IOException {
    var request = Bytes.ofAscii("GET / HTTP/1.1\r\nHost: h\r\n\r\n".repeat(100));
    try (var talk =
        Talk.to(_ -> {
          Tulip.sleepForever();
          return Response.text("never");
        })) {
      long[] sent = {0};
      Tulip.moveOnAfter(
          ofSeconds(5),
          () -> {
            while (true) {
              talk.client.write(request);
              sent[0] += request.length();
            }
          });
      assertTrue(sent[0] < 1_000_000, sent[0] + " bytes were taken");
    }
  }

  @ParameterizedTest
  @CsvSource({"Content-Length: 1048577, ''", "Transfer-Encoding: chunked, 100001"})
  @TulipTest
  void cve_2025_69228_and_2026_34517_largeFormsAreRefusedBeforeTheyAreHere(
      String framing, String chunk) throws IOException {
    try (var talk = Talk.to(request -> Response.text(request.form().toString()))) {
      talk.send("POST / HTTP/1.1\nHost: h\nContent-Type: application/x-www-form-urlencoded\n");
      talk.send(framing + "\n\n" + (chunk.isEmpty() ? "" : chunk + "\n"));
      assertTrue(talk.head().startsWith("HTTP/1.1 413 "));
    }
  }

  private static String parts(Request request) throws IOException {
    var parts = request.multipart();
    int count = 0;
    for (Part part; (part = parts.next()) != null; count++) {
      part.skip();
    }
    return count + " parts";
  }

  /// @param body of which the connection says that it is all
  private static String sendParts(String body) throws IOException {
    try (var talk = Talk.to(request -> Response.text(parts(request)))) {
      var bytes = body.replace("\n", "\r\n");
      talk.send("POST / HTTP/1.1\nHost: h\nContent-Type: multipart/form-data; boundary=B\n");
      talk.send("Connection: close\nContent-Length: " + bytes.length() + "\n\n" + body);
      return talk.rest();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--B",
        "--B\n",
        "--B\nA: b",
        "--B\n\n",
        "--B\n\nnever ends",
        "--B\n\none\n--",
        "--B\n\none\n--B",
        "no boundary",
        "--A\n\none\n--A--\n"
      })
  @TulipTest
  void cve_2024_30251_and_2025_69227_formsThatEndTooEarlyComeToAnEnd(String body)
      throws IOException {
    var answer = sendParts(body);
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
  }

  @TulipTest
  void aFormThatEndsInTimeIsGood() throws IOException {
    assertTrue(sendParts("--B\n\none\n--B\n\ntwo\n--B--\n").endsWith("\n\n2 parts"));
  }

  @TulipTest
  void cve_2026_34516_partsWithFieldsWithoutEnd() throws IOException {
    var many = sendParts("--B\n" + "X: y\n".repeat(33) + "\none\n--B--\n");
    assertTrue(many.startsWith("HTTP/1.1 400 "), many);
    var large = sendParts("--B\nX: " + "y".repeat(9000) + "\n\none\n--B--\n");
    assertTrue(large.startsWith("HTTP/1.1 400 "), large);
  }

  @TulipTest
  void aiohttp_13652_aPreambleWithoutEnd() throws IOException {
    var answer = sendParts("y".repeat(10_000) + "\n--B\n\none\n--B--\n");
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
  }

  // ---- what is no upgrade ----

  @ParameterizedTest
  @CsvSource({
    "upgrade, 101",
    "'keep-alive, Upgrade', 101",
    "notupgrade, 500",
    "upgraded, 500",
    "x-upgrade, 500",
    "keep-alive, 500"
  })
  @TulipTest
  void aiohttp_3_14_onlyTheWordUpgradeIsOne(String connection, int status) throws IOException {
    try (var talk = Talk.to(_ -> Response.switchProtocols("x", stream -> stream.write("!")))) {
      talk.send("GET / HTTP/1.1\nHost: h\nUpgrade: x\nConnection: " + connection + "\n\n");
      assertTrue(talk.head().startsWith("HTTP/1.1 " + status + " "));
      assertEquals(status == 101, talk.errors.isEmpty());
    }
  }
}
