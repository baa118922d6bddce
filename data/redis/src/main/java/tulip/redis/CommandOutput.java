// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.net.ByteStream;
import tulip.redis.protocol.CommandEncoder;

/// The writing half of a connection: whole commands, in the order in which their replies will come.
final class CommandOutput {
  /// Commands up to this size are written without waiting.
  private static final int SMALL = 8 * 1024;

  private final ByteStream stream;
  private final Runnable onRoom;
  private final CommandEncoder encoder = new CommandEncoder(Integer.MAX_VALUE - 16);
  private long written;
  private boolean busy;

  /// @param onRoom called when it is busy no more
  CommandOutput(ByteStream stream, Runnable onRoom) {
    this.stream = stream;
    this.onRoom = onRoom;
  }

  Bytes encode(Object... command) {
    try {
      encoder.put(command);
      return encoder.take();
    } finally {
      encoder.clear();
    }
  }

  /// Whether a task waits for the stream to take its command: then others wait before they write.
  boolean isBusy() {
    return busy;
  }

  /// Writes commands whole, even if the task is cancelled: their place among the replies is taken.
  void write(Bytes commands) throws IOException {
    int size = commands.length();
    written += size;
    if (size <= SMALL && stream.unsent() + size <= stream.limits().output()) {
      stream.write(commands);
    } else {
      writeSlowly(commands);
    }
  }

  private void writeSlowly(Bytes commands) throws IOException {
    busy = true;
    try {
      Tulip.shield(() -> stream.write(commands));
    } finally {
      busy = false;
      onRoom.run();
    }
  }

  /// How many bytes of commands there were.
  long written() {
    return written;
  }

  /// How many of them have left this process.
  long sent() {
    return written - stream.unsent();
  }
}
