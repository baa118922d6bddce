// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.util.ArrayDeque;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The compressors that the connections of a loop share: each is lent for the time of a message.
///
/// A compressor takes some 270 KB of native memory and a decompressor 40 KB, which is why no
/// connection has its own.
public final class ZlibPool {
  private static final int KEPT = 4;
  private static final int SCRATCH = 32 * 1024;

  private final ArrayDeque<Deflater> deflaters = new ArrayDeque<>(KEPT);
  private final ArrayDeque<Inflater> inflaters = new ArrayDeque<>(KEPT);
  private final byte[] scratch = new byte[SCRATCH];

  /// An empty pool.
  public ZlibPool() {}

  /// For what comes out of a compressor; anybody's as soon as it was looked at.
  byte[] scratch() {
    return scratch;
  }

  Deflater takeDeflater(int level) {
    var deflater = deflaters.isEmpty() ? new Deflater(level, true) : deflaters.pop();
    deflater.setLevel(level);
    return deflater;
  }

  void give(Deflater deflater) {
    if (deflaters.size() < KEPT) {
      deflater.reset();
      deflaters.push(deflater);
    } else {
      deflater.end();
    }
  }

  Inflater takeInflater() {
    return inflaters.isEmpty() ? new Inflater(true) : inflaters.pop();
  }

  void give(Inflater inflater) {
    if (inflaters.size() < KEPT) {
      inflater.reset();
      inflaters.push(inflater);
    } else {
      inflater.end();
    }
  }
}
