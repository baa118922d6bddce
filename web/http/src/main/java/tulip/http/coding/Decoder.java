// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Decodes one body, piece by piece. For one task.
///
/// Put in, take until there is nothing more to take, and so on; [#end] at the end. A few bytes can
/// become very many: each piece that is taken is of a limited size, so that whoever counts them can
/// stop in time.
public interface Decoder extends AutoCloseable {
  /// Adds what was received.
  void put(Bytes coded);

  /// Takes the next piece, of at most 64 KiB.
  ///
  /// @return null if there is none without more input
  /// @throws MalformedException if what was received is not in this coding
  @Nullable Bytes take() throws MalformedException;

  /// Tells that no more will come, after all was taken.
  ///
  /// @throws MalformedException if something is missing
  void end() throws MalformedException;

  /// Gives up its memory.
  @Override
  void close();
}
