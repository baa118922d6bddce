// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import tulip.redis.protocol.CommandEncoder;

/// Commands that leave in one piece: of a pipeline, or of a transaction.
public final class Batch {
  private static final int MAX = 1 << 30;

  private final CommandEncoder encoder = new CommandEncoder(MAX);
  private int size;

  Batch() {}

  static Batch of(Consumer<? super Batch> commands) {
    var batch = new Batch();
    commands.accept(batch);
    return batch;
  }

  /// Adds a command; its reply will be at the same place as it is here.
  ///
  /// @param command its name and its arguments, as for [Commands#call]
  /// @return this
  /// @throws IllegalArgumentException if it blocks, has not one reply, or belongs to a transaction:
  ///   or if an argument is nothing for Redis
  public Batch call(Object... command) {
    if (CommandKind.of(command) != CommandKind.ORDINARY) {
      throw new IllegalArgumentException(command[0] + " has no place among other commands");
    }
    putAnyway(command);
    return this;
  }

  /// Adds a command of any kind that has one reply.
  void putAnyway(Object... command) {
    encoder.put(command);
    size++;
  }

  /// How many commands there are.
  public int size() {
    return size;
  }

  ByteBuffer buffer() {
    return encoder.buffer();
  }

  /// The same commands between MULTI and EXEC.
  Batch asTransaction() {
    var whole = new Batch();
    whole.putAnyway("MULTI");
    whole.encoder.append(encoder.take());
    whole.size += size;
    whole.putAnyway("EXEC");
    return whole;
  }
}
