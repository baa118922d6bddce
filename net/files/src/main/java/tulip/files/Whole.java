// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import tulip.bytes.Bytes;

/// The content of a file while it is read: it grows past what was expected, for a file may grow or
/// not tell its size, and never past its limit.
final class Whole {
  /// What a JVM may refuse to go beyond.
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final Path path;
  private final int limit;
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  Whole(Path path, int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit must not be negative: " + limit);
    }
    this.path = path;
    this.limit = Math.min(limit, MAX_ARRAY - 1);
  }

  /// Makes room for so many bytes, and one more, by which the end of the file is seen.
  ///
  /// @throws FileLimitException if that is too much
  void expect(long count) throws FileLimitException {
    if (count > limit) {
      throw tooLong();
    }
    grow(Math.max(0, (int) count));
  }

  /// Where to read to. It is never full.
  ByteBuffer room() {
    if (!bytes.hasRemaining()) {
      grow((int) Math.min(limit, Math.max(Slices.SLICE, 2L * size())));
    }
    return bytes;
  }

  private void grow(int wanted) {
    int size = size();
    bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), Math.min(limit, wanted) + 1));
    bytes.position(size);
  }

  int size() {
    return bytes.position();
  }

  /// @throws FileLimitException if more was read than is allowed
  void check() throws FileLimitException {
    if (size() > limit) {
      throw tooLong();
    }
  }

  private FileLimitException tooLong() {
    return new FileLimitException(path, "the file", limit, "bytes");
  }

  Bytes toBytes() {
    return Bytes.wrap(toByteArray());
  }

  byte[] toByteArray() {
    var array = bytes.array();
    return size() == array.length ? array : Arrays.copyOf(array, size());
  }
}
