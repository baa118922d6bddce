// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import org.jspecify.annotations.Nullable;
import tulip.core.LoopVar;
import tulip.websocket.protocol.DeflateOptions;
import tulip.websocket.protocol.DeflateParameters;
import tulip.websocket.protocol.Deflation;
import tulip.websocket.protocol.ZlibPool;

/// The compressors of a loop.
final class Compressors {
  private static final LoopVar<ZlibPool> OF_LOOP = LoopVar.of("WebSocket compressors");

  private Compressors() {}

  /// How a connection compresses, or null if it does not.
  static @Nullable Deflation deflation(
      @Nullable DeflateParameters agreed, @Nullable DeflateOptions options) {
    return agreed == null || options == null
        ? null
        : new Deflation(agreed, options, OF_LOOP.getOrSet(ZlibPool::new));
  }
}
