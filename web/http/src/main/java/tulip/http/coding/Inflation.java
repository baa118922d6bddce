// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// One stream of compressed data (RFC 1950 or 1951), out of a queue that may have more behind it.
final class Inflation {
  private static final int PIECE = 32 * 1024;

  private final Inflater inflater;
  private final byte[] piece = new byte[PIECE];

  /// @param raw without the frame of zlib
  Inflation(boolean raw) {
    inflater = new Inflater(raw);
  }

  /// Whether the stream has come to its end.
  boolean isFinished() {
    return inflater.finished();
  }

  /// Takes the next piece, and out of the queue what it is made of.
  ///
  /// @return null if there is none without more input
  @Nullable Bytes take(ByteQueue input) throws MalformedException {
    var source = input.view(input.size());
    inflater.setInput(source);
    try {
      int n = inflater.inflate(piece);
      input.skip(input.size() - inflater.getRemaining());
      if (n == 0 && inflater.needsDictionary()) {
        throw new MalformedException("compressed with a dictionary that nobody agreed on");
      }
      return n == 0 ? null : Bytes.copyOf(piece, 0, n);
    } catch (DataFormatException e) {
      throw new MalformedException("no compressed data: " + e.getMessage());
    }
  }

  /// Begins another stream.
  void reset() {
    inflater.reset();
  }

  void close() {
    inflater.end();
  }
}
