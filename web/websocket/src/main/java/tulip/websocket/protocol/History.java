// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The last bytes that went through a compressor: what later ones may refer back to.
///
/// This is all that one direction of a connection keeps between two messages. The compressors
/// themselves, hundreds of kilobytes each, are shared by all connections of a loop and get the
/// history as their dictionary. It takes no more memory than there was to remember.
final class History {
  private static final byte[] NOTHING = {};

  private final int window;
  private byte[] bytes = NOTHING;
  private int length;

  /// @param window how many bytes can be referred back to
  History(int window) {
    this.window = window;
  }

  /// Remembers bytes behind the others.
  void append(byte[] source, int from, int count) {
    int added = Math.min(count, window);
    int kept = Math.min(length, window - added);
    if (kept + added > bytes.length) {
      byte[] larger = new byte[Math.min(window, Math.max(kept + added, 2 * bytes.length))];
      System.arraycopy(bytes, length - kept, larger, 0, kept);
      bytes = larger;
    } else if (kept < length) {
      System.arraycopy(bytes, length - kept, bytes, 0, kept);
    }
    System.arraycopy(source, from + count - added, bytes, kept, added);
    length = kept + added;
  }

  /// Forgets all.
  void clear() {
    bytes = NOTHING;
    length = 0;
  }

  /// Lets a compressor that was just reset refer back.
  ///
  /// @param most to this many bytes
  void teach(Deflater deflater, int most) {
    int known = Math.min(length, most);
    if (known > 0) {
      deflater.setDictionary(bytes, length - known, known);
    }
  }

  /// Lets a decompressor that was just reset look back.
  void teach(Inflater inflater) {
    if (length > 0) {
      inflater.setDictionary(bytes, 0, length);
    }
  }
}
