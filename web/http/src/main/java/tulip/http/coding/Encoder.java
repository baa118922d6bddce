// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

import tulip.bytes.Bytes;

/// Encodes one body, piece by piece. For one task.
public interface Encoder extends AutoCloseable {
  /// Encodes a piece.
  ///
  /// @return what can be sent already; often nothing
  Bytes encode(Bytes plain);

  /// Takes all that was encoded up to now, so that the peer can decode that much. Costs some bytes.
  Bytes flush();

  /// Ends the body.
  ///
  /// @return the rest of it
  Bytes end();

  /// Gives up its memory.
  @Override
  void close();
}
