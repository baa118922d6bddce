// SPDX-License-Identifier: Apache-2.0
package tulip.it.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tulip.bytes.Bytes;
import tulip.net.testing.RealProcess;
import tulip.websocket.protocol.DeflateOptions;
import tulip.websocket.protocol.DeflateParameters;
import tulip.websocket.protocol.Deflation;
import tulip.websocket.protocol.WebSocketConnection;
import tulip.websocket.protocol.WebSocketLimits;
import tulip.websocket.protocol.ZlibPool;

/// What was agreed on about windows is kept: zlib itself, which has a window of that size and no
/// byte more, reads all that was compressed. The JDK's cannot be asked, as it always has 32 KiB.
@Timeout(60)
class WindowsTest {
  private static final String ZLIB =
      """
      import sys, zlib
      bits, takeover = int(sys.argv[1]), sys.argv[2] == "true"
      inflater = None
      for line in open("compressed"):
          if inflater is None or not takeover:
              inflater = zlib.decompressobj(-bits)
          data = inflater.decompress(bytes.fromhex(line) + b"\\x00\\x00\\xff\\xff")
          print(len(data), zlib.crc32(data))
      """;

  @TempDir private Path folder;

  /// zlib has no window of 2^8: it takes 2^9, which is checked with what was made for 2^8 too.
  @ParameterizedTest
  @CsvSource({
    "8,9,true",
    "9,9,true",
    "9,9,false",
    "10,10,true",
    "12,12,true",
    "14,14,false",
    "15,15,true"
  })
  void zlibReadsIt(int bits, int window, boolean takeover) throws IOException {
    var connection =
        WebSocketConnection.server(
            WebSocketLimits.DEFAULT,
            new Deflation(
                new DeflateParameters(takeover, takeover, bits, bits),
                DeflateOptions.SERVER,
                new ZlibPool()));
    var random = new Random(bits);
    var compressed = new StringBuilder();
    var expected = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      byte[] message = message(random, 100 + random.nextInt(i % 10 == 9 ? 200_000 : 3000));
      var frame = connection.message(false, Bytes.copyOf(message));
      assertEquals((byte) 0xC2, frame.byteAt(0), "it was compressed");
      compressed.append(frame.slice(headerSize(frame)).hex()).append('\n');
      var crc = new CRC32();
      crc.update(message);
      expected.append(message.length).append(' ').append(crc.getValue()).append('\n');
    }
    Files.writeString(folder.resolve("compressed"), compressed);
    assertEquals(
        expected.toString(),
        RealProcess.run(
            folder,
            Duration.ofSeconds(40),
            "/usr/bin/python3",
            "-c",
            ZLIB,
            Integer.toString(window),
            Boolean.toString(takeover)));
  }

  private static int headerSize(Bytes frame) {
    return switch (frame.byteAt(1)) {
      case 126 -> 4;
      case 127 -> 10;
      default -> 2;
    };
  }

  /// A few words over and over, so that there is much to refer back to, near and far.
  private static byte[] message(Random random, int length) {
    byte[] message = new byte[length];
    for (int at = 0; at < length; ) {
      int word = random.nextInt(400);
      for (int i = 0; i < 7 && at < length; i++) {
        message[at++] = (byte) (word * 31 + i * 17);
      }
    }
    return message;
  }
}
