// SPDX-License-Identifier: Apache-2.0
package tulip.transports;

import java.nio.ByteBuffer;

/// A protocol that is received into memory of its own, without a copy. A class that is a [Protocol]
/// too is served as this one.
///
/// How the calls come and whether they may wait: [BaseProtocol].
public non-sealed interface BufferedProtocol extends StreamProtocol {
  /// Where the next bytes go: at the buffer's position, which moves on as in
  /// [java.nio.channels.ReadableByteChannel#read]. The transport has done with the buffer at the
  /// next call.
  ///
  /// @param sizeHint how many bytes there are; -1 if that is not known. The buffer may be smaller
  /// @return a buffer with room for at least one byte
  /// @throws Exception to have the transport aborted
  ByteBuffer getBuffer(int sizeHint) throws Exception;

  /// Bytes were put into the buffer of [#getBuffer].
  ///
  /// @param count how many, at least 1
  /// @throws Exception to have the transport aborted
  void bufferUpdated(int count) throws Exception;
}
