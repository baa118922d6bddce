// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;

/// The invariant: whatever the bytes, the decoder ends with replies, a wish for more, or a
/// [RespFormatException], and it says the same however they are cut.
class RespFuzzTest {
  private static final RespLimits LIMITS = new RespLimits(100, 50, 5, 40);

  private final List<String> seeds = List.copyOf(RespDecoderTest.VECTORS.keySet());

  @Test
  void anyBytesCutAnyhow() {
    fuzz(20_000, new Random(1));
  }

  @Test
  @Tag("long")
  void manyMore() {
    fuzz(5_000_000, new Random(2));
  }

  private void fuzz(int rounds, RandomGenerator random) {
    for (int i = 0; i < rounds; i++) {
      var bytes = mutated(random);
      var whole = outcome(List.of(bytes));
      assertEquals(whole, outcome(pieces(bytes, random)), () -> "bytes " + bytes.hex());
    }
  }

  private Bytes mutated(RandomGenerator random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      text.append(seeds.get(random.nextInt(seeds.size())));
    }
    var bytes = Bytes.ofLatin1(text.toString()).toByteArray();
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = nextByte(random);
    }
    return Bytes.wrap(bytes);
  }

  private static byte nextByte(RandomGenerator random) {
    var likely = "+-:$*_#,(!=%~>|0123456789\r\n";
    return (byte)
        (random.nextBoolean() ? likely.charAt(random.nextInt(likely.length())) : random.nextInt());
  }

  private static List<Bytes> pieces(Bytes bytes, RandomGenerator random) {
    var pieces = new ArrayList<Bytes>();
    for (int at = 0; at < bytes.length(); ) {
      int end = Math.min(bytes.length(), at + random.nextInt(1, 9));
      pieces.add(bytes.slice(at, end));
      at = end;
    }
    return pieces;
  }

  /// The replies, and whether there was an error behind them.
  private static List<Object> outcome(List<Bytes> pieces) {
    var decoder = new RespDecoder(LIMITS);
    var queue = new ByteQueue(1 << 16);
    var outcome = new ArrayList<Object>();
    try {
      for (var piece : pieces) {
        queue.put(piece);
        for (Reply reply; (reply = decoder.decode(queue)) != null; ) {
          outcome.add(reply);
        }
      }
    } catch (RespFormatException e) {
      outcome.add("refused");
    }
    return outcome;
  }
}
