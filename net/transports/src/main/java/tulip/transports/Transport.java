// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.nio.ByteBuffer;
import java.util.List;
import tulip.bytes.Bytes;

/// A connection that carries bytes in both directions, for a protocol. [Transports] makes them; for
/// tests of protocols, anybody may.
///
/// **Writing** never waits. What the system does not take is kept, and the protocol is told when
/// that is too much. Writing to a transport that is closing or lost does nothing; the fifth such
/// call is logged.
public interface Transport extends BaseTransport {
  /// Writes bytes.
  ///
  /// @param source all that remains of it is written or copied, and its position moves to the limit
  /// @throws IllegalStateException after [#writeEof], and while a file is sent or TLS begins
  void write(ByteBuffer source);

  /// Writes bytes.
  ///
  /// @throws IllegalStateException after [#writeEof], and while a file is sent or TLS begins
  default void write(Bytes source) {
    write(source.asByteBuffer());
  }

  /// Writes several pieces, behind one another with nothing between.
  ///
  /// @throws IllegalStateException after [#writeEof], and while a file is sent or TLS begins
  default void writeLines(List<Bytes> pieces) {
    pieces.forEach(this::write);
  }

  /// Ends this side: the peer reads an end behind what was written. Receiving goes on. Does nothing
  /// the second time, nor on a transport that is closing.
  ///
  /// @throws IllegalStateException while a file is sent or TLS begins
  void writeEof();

  /// Whether [#writeEof] is possible: on all of the library's own.
  default boolean canWriteEof() {
    return true;
  }

  /// Receives nothing from now on: the protocol is not called with data before [#resumeReading].
  /// Does nothing if that is so already, or if the transport is closing.
  void pauseReading();

  /// Receives again. Does nothing if that is so already, or if the transport is closing.
  void resumeReading();

  /// Whether it receives: it is neither paused nor closing.
  boolean isReading();

  /// Who is called from now on, in place of the one before, who is told nothing. May be called in
  /// the midst of a callback: the next one goes to the new protocol.
  void setProtocol(StreamProtocol protocol);

  /// Who is called.
  StreamProtocol getProtocol();
}
