// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// The system calls, for threads of the pool.
///
/// Big buffers go to the channel in slices: for one on the heap the JDK keeps a copy of its size
/// outside of the heap, in every thread, for good.
final class Slices {
  /// What one system call moves at most.
  static final int SLICE = 64 * 1024;

  /// What one hop to the pool moves at most: a cancel waits for no more than that.
  static final int HOP = 16 * SLICE;

  private Slices() {}

  /// Reads until the buffer is full, the file ends, or a hop's worth was read.
  ///
  /// @return how many bytes; -1 if the file ends here
  static int read(FileChannel channel, ByteBuffer target, long position) throws IOException {
    int begin = target.position();
    int end = Math.min(target.limit(), begin + HOP);
    int full = target.limit();
    try {
      while (target.position() < end) {
        target.limit(Math.min(end, target.position() + SLICE));
        if (channel.read(target, position + target.position() - begin) < 0) {
          break;
        }
      }
    } finally {
      target.limit(full);
    }
    int count = target.position() - begin;
    return count == 0 && begin < end ? -1 : count;
  }

  /// Writes a hop's worth of the buffer.
  static void write(FileChannel channel, ByteBuffer source, long position) throws IOException {
    long begin = position - source.position();
    writeSlices(source, slice -> channel.write(slice, begin + slice.position()));
  }

  /// Writes a hop's worth of the buffer at the end of a file that is open to append.
  static void append(FileChannel channel, ByteBuffer source) throws IOException {
    writeSlices(source, channel::write);
  }

  /// One system call.
  private interface Call {
    int write(ByteBuffer slice) throws IOException;
  }

  private static void writeSlices(ByteBuffer source, Call call) throws IOException {
    int full = source.limit();
    int end = Math.min(full, source.position() + HOP);
    try {
      while (source.position() < end) {
        source.limit(Math.min(end, source.position() + SLICE));
        call.write(source);
      }
    } finally {
      source.limit(full);
    }
  }
}
