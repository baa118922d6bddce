// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import tulip.core.Tulip;
import tulip.net.spi.Buffers;
import tulip.net.spi.OutputBuffer;

/// A part of a file on its way to a peer.
final class FileSending {
  private final FileChannel file;
  private final long offset;
  private final long count;
  private final boolean copies;
  private boolean begun;

  /// @param copies whether it may go through memory if the system cannot send it without
  FileSending(FileChannel file, long offset, long count, boolean copies) {
    if (offset < 0 || count < 0) {
      throw new IllegalArgumentException(
          "a part of a file from " + offset + ", " + count + " long");
    }
    this.file = file;
    this.offset = offset;
    this.count = count;
    this.copies = copies;
  }

  /// Whether the peer has perhaps got some of it.
  boolean isBegun() {
    return begun;
  }

  /// Sends it when all that was written before has left. In a task.
  ///
  /// @return how many bytes: fewer than `count` only if the file ends
  long sendOver(OutputBuffer output) throws IOException {
    output.flush();
    long sent = 0;
    while (sent < count && offset + sent < file.size()) {
      sent += sendPiece(output, offset + sent, count - sent);
    }
    return sent;
  }

  private long sendPiece(OutputBuffer output, long from, long most) throws IOException {
    boolean before = begun;
    begun = true;
    long sent = output.sendFile(file, from, most);
    if (sent >= 0) {
      return sent;
    }
    begun = before;
    if (!copies) {
      throw new UnsupportedOperationException("this connection cannot send a file without a copy");
    }
    return copyPiece(output, from, most);
  }

  private long copyPiece(OutputBuffer output, long from, long most) throws IOException {
    var piece = ByteBuffer.allocate((int) Math.min(Buffers.SIZE, most));
    int size = Tulip.blocking(() -> file.read(piece, from));
    begun = true;
    output.put(piece.flip());
    output.flush();
    return Math.max(0, size);
  }
}
