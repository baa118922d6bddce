// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.IntSupplier;
import tulip.bytes.Bytes;
import tulip.core.LoopVar;

/// Chance that nobody can foretell, for the clients of a loop: fetched for many frames at once.
final class MaskKeys implements IntSupplier {
  private static final LoopVar<MaskKeys> OF_LOOP = LoopVar.of("WebSocket mask keys");
  private static final int SUPPLY = 1024;

  private final SecureRandom random = new SecureRandom();
  private final byte[] supply = new byte[SUPPLY];
  private final ByteBuffer rest = ByteBuffer.wrap(supply).limit(0);

  private MaskKeys() {}

  static MaskKeys ofLoop() {
    return OF_LOOP.getOrSet(MaskKeys::new);
  }

  @Override
  public int getAsInt() {
    if (!rest.hasRemaining()) {
      random.nextBytes(supply);
      rest.clear();
    }
    return rest.getInt();
  }

  /// Of so many bytes.
  Bytes nonce(int size) {
    byte[] nonce = new byte[size];
    random.nextBytes(nonce);
    return Bytes.wrap(nonce);
  }
}
