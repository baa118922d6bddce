// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

import java.io.IOException;
import java.io.OutputStream;
import tulip.bytes.Bytes;

/// Encodes one body, piece by piece. For one task.
public interface Encoder extends AutoCloseable {
  /// Puts a stream that encodes around one that takes what is encoded.
  @FunctionalInterface
  interface Wrapping {
    /// Makes the stream.
    OutputStream around(OutputStream target) throws IOException;
  }

  /// An encoder made of a stream, as libraries have them. Its `flush` has to give out everything
  /// that was written.
  static Encoder of(Wrapping wrapping) {
    return new StreamEncoder(wrapping);
  }

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
