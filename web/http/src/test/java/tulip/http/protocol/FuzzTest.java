// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tulip.http.protocol.Refusals.Refusal;
import tulip.http.protocol.Vectors.Vector;
import tulip.testing.Fuzzer;

/// Whatever the bytes are: the events are the same however they are split, nothing is thrown but a
/// [ProtocolException], it comes to an end, and no more is held than the limits say.
class FuzzTest {
  /// What hurts parsers.
  private static final String[] SPICES = {
    "\r\n",
    "\n",
    "\r",
    "\0",
    " ",
    "\t",
    ":",
    ";",
    ",",
    "\"",
    "#",
    "%",
    "[",
    "]",
    "\u00ff",
    "\u007f",
    "0",
    "-1",
    "99999999999999999999",
    "Content-Length: 3\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Host: a\r\n",
    "Connection: close\r\n",
    "Upgrade: x\r\n",
    "HTTP/1.0",
    "0\r\n\r\n",
    "CONNECT",
    "Expect: 100-continue\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "HTTP/1.1 200 OK\r\n\r\n"
  };

  private static final HttpLimits LIMITS = HttpLimits.SERVER.withHead(200, 300).withBody(2000);

  private static final List<String> REQUESTS = seeds(Vectors.REQUESTS, Refusals.requests());
  private static final List<String> RESPONSES = seeds(Vectors.RESPONSES, Refusals.RESPONSES);

  @Test
  void rightMessages() {
    Fuzzer.rounds(5_000, FuzzTest::right);
  }

  @Test
  @Tag("long")
  void moreRightMessages() {
    Fuzzer.search(FuzzTest::right);
  }

  @Test
  void wrongRequests() {
    Fuzzer.rounds(5_000, FuzzTest::wrongRequest);
  }

  @Test
  @Tag("long")
  void moreWrongRequests() {
    Fuzzer.search(FuzzTest::wrongRequest);
  }

  @Test
  void wrongResponses() {
    Fuzzer.rounds(5_000, FuzzTest::wrongResponse);
  }

  @Test
  @Tag("long")
  void moreWrongResponses() {
    Fuzzer.search(FuzzTest::wrongResponse);
  }

  /// What is right is read as it was meant.
  private static void right(Random random) {
    var requests = Grammar.requests(random);
    same(
        requests.bytes(),
        requests.seen(),
        Feed.server(HttpLimits.SERVER, split(random, requests.bytes())));
    var responses = Grammar.responses(random);
    same(
        responses.bytes(),
        responses.seen(),
        Feed.client(random.nextBoolean(), Method.GET, split(random, responses.bytes())));
  }

  private static void wrongRequest(Random random) {
    byte[] request = mutated(random, REQUESTS, Grammar.requests(random).wire());
    same(request, Feed.server(LIMITS, request), Feed.server(LIMITS, split(random, request)));
  }

  private static void wrongResponse(Random random) {
    byte[] response = mutated(random, RESPONSES, Grammar.responses(random).wire());
    boolean lenient = random.nextBoolean();
    var method = random.nextInt(4) == 0 ? Method.HEAD : Method.GET;
    same(
        response,
        Feed.client(lenient, method, response),
        Feed.client(lenient, method, split(random, response)));
  }

  private static void same(byte[] bytes, List<String> whole, List<String> split) {
    assertEquals(whole, split, () -> Shown.quote(bytes, 0, bytes.length));
  }

  private static List<String> seeds(List<Vector> vectors, List<Refusal> refusals) {
    return Stream.concat(vectors.stream().map(Vector::text), refusals.stream().map(Refusal::text))
        .filter(text -> text.length() < 1000)
        .toList();
  }

  /// One or two messages with some changes.
  private static byte[] mutated(Random random, List<String> seeds, String right) {
    var text = new StringBuilder(random.nextBoolean() ? right : pick(random, seeds));
    if (random.nextBoolean()) {
      text.append(pick(random, seeds));
    }
    for (int changes = random.nextInt(5); changes > 0; changes--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, SPICES[random.nextInt(SPICES.length)]);
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
        case 2 -> text.insert(at, (char) random.nextInt(256));
        default ->
            text.insert(
                at, String.valueOf((char) (' ' + random.nextInt(95))).repeat(random.nextInt(300)));
      }
    }
    return Feed.latin1(text.toString());
  }

  private static String pick(Random random, List<String> seeds) {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private static byte[][] split(Random random, byte[] bytes) {
    if (random.nextInt(4) == 0) {
      return Splits.bytewise(bytes);
    }
    var pieces = new ArrayList<byte[]>();
    int from = 0;
    while (from < bytes.length) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
      pieces.add(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    return pieces.toArray(new byte[0][]);
  }
}
