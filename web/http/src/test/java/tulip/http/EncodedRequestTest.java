// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;
import tulip.http.coding.ContentCoding;
import tulip.http.coding.ContentCodings;
import tulip.testing.TulipTest;

/// Requests whose bodies come in a content coding.
@TulipTest
class EncodedRequestTest {
  private static final Handler ECHO = request -> Response.text(request.text());

  private static Bytes encode(String text, ContentCoding coding) {
    return encode(Bytes.ofUtf8(text), coding);
  }

  private static Bytes encode(Bytes plain, ContentCoding coding) {
    try (var encoder = coding.encoder()) {
      return Bytes.concat(encoder.encode(plain), encoder.end());
    }
  }

  private static Talk put(Talk talk, String coding, Bytes body) throws IOException {
    talk.send("PUT / HTTP/1.1\nHost: h\nContent-Encoding: " + coding + "\n");
    talk.send("Content-Length: " + body.length() + "\n\n");
    talk.client.write(body);
    return talk;
  }

  @ParameterizedTest
  @TulipTest
  @ValueSource(strings = {"gzip", "GZIP", "x-gzip", "identity, gzip"})
  void isDecoded(String name) throws IOException {
    try (var talk = Talk.to(ECHO)) {
      for (int i = 0; i < 2; i++) {
        put(talk, name, encode("hello", ContentCoding.GZIP));
        assertTrue(talk.answer().endsWith("\n\nhello"));
      }
    }
  }

  @TulipTest
  void codedTwice() throws IOException {
    try (var talk = Talk.to(ECHO)) {
      var once = encode("hello", ContentCoding.GZIP);
      put(talk, "gzip, deflate", encode(once, ContentCoding.DEFLATE));
      assertTrue(talk.answer().endsWith("\n\nhello"));
    }
  }

  @TulipTest
  void whatComesOutHasALimit() throws IOException {
    var bomb = encode("0".repeat(1_100_000), ContentCoding.GZIP);
    assertTrue(bomb.length() < 10_000);
    try (var talk = Talk.to(ECHO)) {
      assertTrue(put(talk, "gzip", bomb).answer().startsWith("HTTP/1.1 413 "));
      put(talk, "gzip", encode("and on", ContentCoding.GZIP));
      assertTrue(talk.answer().endsWith("and on"));
    }
  }

  @TulipTest
  void soHasWhatComesOutOnTheWay() throws IOException {
    var nothings = Bytes.ofHex(encode("", ContentCoding.GZIP).hex().repeat(60_000));
    assertTrue(nothings.length() > 1024 * 1024);
    try (var talk = Talk.to(ECHO)) {
      put(talk, "gzip, gzip", encode(nothings, ContentCoding.GZIP));
      assertTrue(talk.answer().startsWith("HTTP/1.1 413 "));
    }
  }

  @TulipTest
  void theLimitOfOneRequestHoldsForBoth() throws IOException {
    try (var talk =
        Talk.to(request -> {
          request.limitBody(100_000);
          return Response.text("" + request.bytes().length());
        })) {
      put(talk, "gzip", encode("0".repeat(100_000), ContentCoding.GZIP));
      assertTrue(talk.answer().endsWith("\n100000"));
      put(talk, "gzip", encode("0".repeat(100_001), ContentCoding.GZIP));
      assertTrue(talk.answer().startsWith("HTTP/1.1 413 "));
    }
  }

  @TulipTest
  void unknownCodingsAreRefusedWithWhatIsKnown() throws IOException {
    try (var talk = Talk.to(ECHO)) {
      var answer = put(talk, "br", Bytes.ofAscii("abc")).answer();
      assertTrue(answer.startsWith("HTTP/1.1 415 "), answer);
      assertTrue(answer.contains("\nAccept-Encoding: gzip, deflate\n"), answer);
    }
  }

  @ParameterizedTest
  @TulipTest
  @ValueSource(strings = {"no gzip", "1f8b0800"})
  void brokenOnesToo(String body) throws IOException {
    try (var talk = Talk.to(ECHO)) {
      assertTrue(
          put(talk, "gzip", Bytes.ofAscii(body)).answer().startsWith("HTTP/1.1 400 Bad Request"));
    }
  }

  @TulipTest
  void cutOffIsBroken() throws IOException {
    var whole = encode("hello, hello", ContentCoding.GZIP);
    try (var talk = Talk.to(ECHO)) {
      put(talk, "gzip", whole.slice(0, whole.length() - 3));
      assertTrue(talk.answer().startsWith("HTTP/1.1 400 "));
    }
  }

  @TulipTest
  void withoutCodingsBodiesStayAsTheyAre() throws IOException {
    var options = HttpServerOptions.DEFAULT.withCodings(ContentCodings.NONE);
    try (var talk = Talk.to(options, ECHO)) {
      assertTrue(put(talk, "br", Bytes.ofAscii("abc")).answer().endsWith("\n\nabc"));
    }
  }

  @TulipTest
  void aHandlerThatDoesNotReadIsNotAsked() throws IOException {
    try (var talk = Talk.to(_ -> Response.text("fine"))) {
      assertEquals("fine", put(talk, "br", Bytes.ofAscii("abc")).answer().split("\n\n", -1)[1]);
    }
  }
}
