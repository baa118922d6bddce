// SPDX-License-Identifier: Apache-2.0
package tulip.http.multipart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.testing.Fuzzer;

/// Bodies of several parts that nobody has thought of: what is right is read as it was meant, and
/// whatever it is, it comes to an end, and to the same one however it is cut.
class MultipartFuzzTest {
  private static final List<String> PIECES =
      List.of("--B", "\r\n", "--", "\r", "\n", "A: b", "x", " ", "\0", "\r\n--", "-");

  @Test
  void anything() {
    Fuzzer.rounds(20_000, MultipartFuzzTest::anything);
  }

  @Test
  @Tag("long")
  void moreOfAnything() {
    Fuzzer.search(MultipartFuzzTest::anything);
  }

  private static void anything(Random random) {
    var all = Bytes.ofAscii(pieces(random, 20));
    int cut = random.nextInt(all.length() + 1);
    assertEquals(outcome(all), outcome(all.slice(0, cut), all.slice(cut)), all::toString);
  }

  private static String outcome(Bytes... pieces) {
    try {
      return MultipartTest.parse(MultipartLimits.DEFAULT, pieces);
    } catch (MalformedException e) {
      return "malformed";
    }
  }

  @Test
  void whatIsRight() {
    Fuzzer.rounds(10_000, MultipartFuzzTest::right);
  }

  @Test
  @Tag("long")
  void moreOfWhatIsRight() {
    Fuzzer.search(MultipartFuzzTest::right);
  }

  private static void right(Random random) throws MalformedException {
    var body = new StringBuilder(random.nextBoolean() ? "" : "preamble\r\n");
    var seen = new StringBuilder();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      boolean named = random.nextBoolean();
      var content = pieces(random, 8).replace("--B", "--C");
      body.append("--B").append(" ".repeat(random.nextInt(3))).append("\r\n");
      body.append(named ? "A:  b\t\r\n" : "").append("\r\n").append(content).append("\r\n");
      seen.append(named ? "{A: b}" : "{}").append(content).append('|');
    }
    var all = Bytes.ofAscii(body.append("--B--\r\n").append("epilogue").toString());
    int cut = random.nextInt(all.length() + 1);
    assertEquals(
        seen.toString(),
        MultipartTest.parse(MultipartLimits.DEFAULT, all.slice(0, cut), all.slice(cut)),
        all::toString);
  }

  private static String pieces(Random random, int most) {
    var text = new StringBuilder();
    for (int n = random.nextInt(most); n > 0; n--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
