// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import tulip.bytes.Bytes;
import tulip.core.Tulip;

/// The body of a response.
sealed interface Body {
  /// In memory.
  record Whole(Bytes bytes) implements Body {}

  /// Made while it is sent.
  ///
  /// @param length or -1 if it is not known ahead
  record Streamed(long length, Response.Writer writer) implements Body {}

  /// A part of a file.
  record FilePart(Path file, long position, long length) implements Body {
    private static final int PIECE = 256 * 1024;

    /// Writes it through memory: for what cannot be sent from the file itself.
    void copyTo(BodySink target) throws IOException {
      try (var channel = Tulip.blocking(() -> FileChannel.open(file, StandardOpenOption.READ))) {
        for (long done = 0; done < length; ) {
          long at = position + done;
          int size = (int) Math.min(PIECE, length - done);
          var piece = Tulip.blocking(() -> read(channel, at, size));
          target.write(piece);
          done += piece.length();
        }
      }
    }

    private static Bytes read(FileChannel channel, long at, int size) throws IOException {
      var buffer = ByteBuffer.allocate(size);
      if (channel.read(buffer, at) < 1) {
        throw new IOException(
            "the file has become shorter than it was: byte " + at + " is missing");
      }
      return Bytes.copyOf(buffer.flip());
    }
  }

  /// None: the connection speaks another protocol from then on.
  record Switched(Response.Protocol protocol) implements Body {}
}
