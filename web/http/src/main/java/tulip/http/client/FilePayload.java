// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import tulip.bytes.Bytes;
import tulip.core.Tulip;

/// A file, read off the loop in large pieces.
record FilePayload(Path file, long length) implements Payload {
  private static final int PIECE = 256 * 1024;

  @Override
  public String contentType() {
    return "application/octet-stream";
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public void write(PayloadSink sink) throws IOException {
    try (var channel = Tulip.blocking(() -> FileChannel.open(file, StandardOpenOption.READ))) {
      for (long sent = 0; sent < length; ) {
        var piece = read(channel, sent);
        sink.write(piece);
        sent += piece.length();
      }
    }
  }

  private Bytes read(FileChannel channel, long position) throws IOException {
    var buffer = ByteBuffer.allocate((int) Math.min(PIECE, length - position));
    int n = Tulip.blocking(() -> channel.read(buffer, position));
    if (n < 0) {
      throw new IOException(
          file + " has become shorter than it was: byte " + position + " is gone");
    }
    return Bytes.wrap(buffer.array(), 0, n);
  }
}
