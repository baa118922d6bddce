// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tulip.bytes.Bytes;
import tulip.testing.Fuzzer;

/// Whatever the bytes are: the events are the same however they are split, nothing is thrown but a
/// [WebSocketProtocolException], it comes to an end, and no more comes out than the limits say.
class FuzzTest {
  private static final WebSocketLimits LIMITS = new WebSocketLimits(3000, 2000, 20);

  private final ZlibPool pool = new ZlibPool();

  private WebSocketConnection server() {
    return WebSocketConnection.server(LIMITS, deflation());
  }

  private Deflation deflation() {
    return new Deflation(
        new DeflateParameters(true, true, 10, 10), DeflateOptions.SERVER.withThreshold(0), pool);
  }

  @Test
  void mutatedFrames() {
    Fuzzer.rounds(4_000, this::mutated);
  }

  @Test
  @Tag("long")
  void moreMutatedFrames() {
    Fuzzer.search(this::mutated);
  }

  private void mutated(Random random) {
    byte[] wire = mutated(random, conversation(random));
    var whole = Feed.all(server(), wire);
    var split = Feed.all(server(), split(random, wire));
    assertEquals(whole, split, () -> HexFormat.of().formatHex(wire));
    whole.forEach(FuzzTest::checkSize);
  }

  private static void checkSize(String seen) {
    assertEquals(true, seen.length() <= "binary ".length() + 2 * LIMITS.message(), seen);
  }

  private byte[] conversation(Random random) {
    var client = WebSocketConnection.client(LIMITS, deflation(), random::nextInt);
    var parts = new ArrayList<byte[]>();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      parts.add(frames(random, client).toByteArray());
    }
    return Frames.join(parts.toArray(new byte[0][]));
  }

  private static Bytes frames(Random random, WebSocketConnection client) {
    var payload = Bytes.ofUtf8("é€ab ".repeat(random.nextInt(60)));
    boolean text = random.nextBoolean();
    return switch (random.nextInt(6)) {
      case 0 -> client.ping(payload.slice(0, Math.min(125, payload.length())));
      case 1 ->
          Bytes.concat(
              client.fragment(text, payload, false),
              client.pong(Bytes.EMPTY),
              client.fragment(text, payload, true));
      case 2 ->
          Bytes.wrap(Frames.masked(text ? Frames.TEXT : Frames.BINARY, payload.toByteArray()));
      case 3 -> Bytes.wrap(Frames.masked(Frames.CLOSE, Frames.status(1000, "so")));
      default -> client.message(text, payload);
    };
  }

  private static byte[] mutated(Random random, byte[] bytes) {
    byte[] changed = bytes.clone();
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(4)) {
        case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> changed[at] = (byte) random.nextInt();
        case 2 -> changed = Arrays.copyOf(changed, at + 1);
        default ->
            changed =
                Frames.join(
                    Arrays.copyOf(changed, at),
                    Arrays.copyOfRange(changed, at / 2, changed.length));
      }
    }
    return changed;
  }

  private static byte[][] split(Random random, byte[] bytes) {
    if (random.nextInt(4) == 0) {
      return ReceiveTest.bytewise(bytes);
    }
    List<byte[]> pieces = new ArrayList<>();
    for (int from = 0; from < bytes.length; ) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
      pieces.add(Arrays.copyOfRange(bytes, from, to));
      from = to;
    }
    return pieces.toArray(new byte[0][]);
  }
}
