// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import tulip.bytes.Bytes;
import tulip.http.protocol.Headers;

/// Where the body of a request goes. Writing waits while the server takes nothing.
public interface PayloadSink {
  /// Writes a piece of the body.
  ///
  /// @throws IOException if the server is gone or takes nothing
  /// @throws IllegalStateException if that is more than the length that was named
  void write(Bytes piece) throws IOException;

  /// Writes text as UTF-8.
  ///
  /// @throws IOException as [#write(Bytes)]
  default void write(String text) throws IOException {
    write(Bytes.ofUtf8(text));
  }

  /// Sends fields behind the body, which were not known ahead of it: a checksum for example. Only
  /// for bodies of unknown length.
  ///
  /// @param trailers in place of those that were said before
  void trailers(Headers trailers);
}
