// SPDX-License-Identifier: Apache-2.0
package tulip.memcached.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tulip.bytes.ByteQueue;
import tulip.bytes.MalformedException;

/// Whatever comes, in whatever pieces, the decoder makes the same of it as of the whole, refuses it
/// with [MalformedException] and nothing else, and takes no byte of a reply that is not there yet.
class ReplyDecoderFuzzTest {
  private static final String[] SEEDS = {
    "VA 5 f16 c9 t-1 W\r\nhello\r\n",
    "HD\r\nEN\r\nNS\r\nEX c0\r\nNF\r\nMN\r\n",
    "STAT pid 1\r\nEND\r\n",
    "SERVER_ERROR object too large for cache\r\n",
    "ME foo exp=-1\r\n",
    "VA 0 f0\r\n\r\n"
  };

  @Test
  void changedRepliesAreDecodedOrRefused() {
    fuzz(20_000);
  }

  @Test
  @Tag("long")
  void manyChangedRepliesAreDecodedOrRefused() {
    fuzz(5_000_000);
  }

  private static void fuzz(int rounds) {
    var random = new Random(7);
    int refused = 0;
    for (int round = 0; round < rounds; round++) {
      byte[] wire = changed(random);
      var whole = decode(wire, wire.length, random);
      var pieces = decode(wire, 3, random);
      assertEquals(whole, pieces);
      refused += whole.contains("refused") ? 1 : 0;
    }
    assertTrue(refused > rounds / 10 && refused < rounds, refused + " of " + rounds);
  }

  private static byte[] changed(Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      text.append(SEEDS[random.nextInt(SEEDS.length)]);
    }
    byte[] wire = text.toString().getBytes(StandardCharsets.US_ASCII);
    for (int i = random.nextInt(3); i > 0; i--) {
      wire[random.nextInt(wire.length)] = (byte) "\r\n 09VAEx\0\u00ff".charAt(random.nextInt(11));
    }
    return wire;
  }

  /// What the decoder says, one string a reply, and how it ended.
  private static List<String> decode(byte[] wire, int piece, Random random) {
    var decoder = new ReplyDecoder(1000);
    var input = new ByteQueue(10_000);
    var said = new ArrayList<String>();
    try {
      for (int at = 0; at < wire.length; ) {
        int n = Math.min(wire.length - at, 1 + random.nextInt(piece));
        input.put(wire, at, n);
        at += n;
        decodeAll(decoder, input, said);
      }
      said.add("left " + input.size());
    } catch (MalformedException e) {
      assertNotNull(e.getMessage());
      said.add("refused");
    }
    return said;
  }

  private static void decodeAll(ReplyDecoder decoder, ByteQueue input, List<String> said)
      throws MalformedException {
    while (true) {
      int before = input.size();
      var reply = decoder.decode(input);
      if (reply == null) {
        assertEquals(before, input.size());
        return;
      }
      assertTrue(input.size() < before);
      said.add(reply.toString());
    }
  }
}
