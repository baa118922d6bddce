// SPDX-License-Identifier: Apache-2.0
package tulip.net.spi;

import java.nio.ByteBuffer;
import tulip.bytes.BufferPool;
import tulip.core.LoopVar;

/// The spare buffers of each loop, lent to its streams and wires while they hold bytes. On a loop.
public final class Buffers {
  /// The size of one in bytes: what a busy connection reads at once.
  public static final int SIZE = 64 * 1024;

  /// The queues of a stream may exceed its limits for a moment: they keep to no limit themselves.
  public static final int UNLIMITED = Integer.MAX_VALUE - 16;

  private static final int SPARE = 16;

  private static final LoopVar<BufferPool> POOL = LoopVar.of("spare buffers");

  private static final LoopVar<ByteBuffer> SCRATCH = LoopVar.of("scratch buffer");

  private Buffers() {}

  /// Those of the running loop.
  public static BufferPool pool() {
    return POOL.getOrSet(() -> new BufferPool(SIZE, SPARE));
  }

  /// An empty direct buffer of [#SIZE], shared by all on the running loop: to be used up before the
  /// next wait.
  public static ByteBuffer scratch() {
    return SCRATCH.getOrSet(() -> ByteBuffer.allocateDirect(SIZE)).clear();
  }
}
