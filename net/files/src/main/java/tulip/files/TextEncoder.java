// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/// Writes text into a file as bytes, on threads of the pool.
final class TextEncoder {
  private final FileChannel channel;
  private final CharsetEncoder encoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(Slices.SLICE);

  TextEncoder(FileChannel channel, TextOptions options) {
    this.channel = channel;
    encoder =
        options
            .charset()
            .newEncoder()
            .onMalformedInput(options.onError())
            .onUnmappableCharacter(options.onError());
  }

  /// Writes all of it.
  ///
  /// @param last whether the text ends here
  void write(CharBuffer text, boolean last) throws IOException {
    CoderResult result;
    do {
      result = encoder.encode(text, bytes, last);
      drain();
      if (result.isError()) {
        result.throwException();
      }
    } while (result.isOverflow());
    while (last && encoder.flush(bytes).isOverflow()) {
      drain();
    }
    drain();
  }

  private void drain() throws IOException {
    bytes.flip();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    bytes.clear();
  }
}
