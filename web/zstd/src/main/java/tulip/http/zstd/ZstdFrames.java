// SPDX-License-Identifier: Apache-2.0
package tulip.http.zstd;

import com.github.luben.zstd.ZstdBufferDecompressingStreamNoFinalizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import tulip.bytes.Bytes;

/// Frames that come piece by piece. At the end of one it is known whether there is another only
/// when more has come: then that begins anew.
final class ZstdFrames extends ZstdBufferDecompressingStreamNoFinalizer {
  /// 8 MiB: what every decoder of a body has to take, and no encoder may exceed (RFC 9659).
  private static final int WINDOW_LOG = 23;

  private ZstdFrames() {
    super(ByteBuffer.allocate(0));
  }

  static ZstdFrames open() {
    var frames = new ZstdFrames();
    try {
      frames.setLongMax(WINDOW_LOG);
      return frames;
    } catch (IOException e) {
      frames.close();
      throw new UncheckedIOException("zstd takes no limit of its window", e);
    }
  }

  /// Adds what was received.
  void put(Bytes more) {
    source =
        ByteBuffer.allocate(source.remaining() + more.length())
            .put(source)
            .put(more.asByteBuffer())
            .flip();
  }

  /// Whether there is something that was not decoded yet.
  boolean hasInput() {
    return source.hasRemaining();
  }
}
