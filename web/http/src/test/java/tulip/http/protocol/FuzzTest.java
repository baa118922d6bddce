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

  @Test
  void mutatedMessages() {
    run(1, 4_000);
  }

  @Test
  @Tag("long")
  void manyMutatedMessages() {
    for (int seed = 2; seed < 22; seed++) {
      run(seed, 10_000);
    }
  }

  private static void run(int seed, int rounds) {
    var random = new Random(seed);
    var requests = seeds(Vectors.REQUESTS, Refusals.requests());
    var responses = seeds(Vectors.RESPONSES, Refusals.RESPONSES);
    for (int i = 0; i < rounds; i++) {
      byte[] request = mutated(random, requests);
      same(request, Feed.server(LIMITS, request), Feed.server(LIMITS, split(random, request)));
      byte[] response = mutated(random, responses);
      boolean lenient = random.nextBoolean();
      var method = random.nextInt(4) == 0 ? Method.HEAD : Method.GET;
      same(
          response,
          Feed.client(lenient, method, response),
          Feed.client(lenient, method, split(random, response)));
    }
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
  private static byte[] mutated(Random random, List<String> seeds) {
    var text = new StringBuilder(pick(random, seeds));
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
