// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.nio.file.Path;
import tulip.bytes.Bytes;

/// The body of a response.
sealed interface Body {
  /// In memory.
  record Whole(Bytes bytes) implements Body {}

  /// Made while it is sent.
  ///
  /// @param length or -1 if it is not known ahead
  record Streamed(long length, Response.Writer writer) implements Body {}

  /// A part of a file.
  record FilePart(Path file, long position, long length) implements Body {}

  /// None: the connection speaks another protocol from then on.
  record Switched(Response.Protocol protocol) implements Body {}
}
