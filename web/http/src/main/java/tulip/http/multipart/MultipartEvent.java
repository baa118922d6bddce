// SPDX-License-Identifier: Apache-2.0
package tulip.http.multipart;

import tulip.bytes.Bytes;
import tulip.http.protocol.Headers;

/// What [MultipartParser] has found.
public sealed interface MultipartEvent {
  /// A part begins.
  ///
  /// @param headers its fields
  record Head(Headers headers) implements MultipartEvent {}

  /// A piece of its content.
  ///
  /// @param bytes one or more
  record Data(Bytes bytes) implements MultipartEvent {}

  /// There is nothing of the kind, and why.
  enum Signal implements MultipartEvent {
    /// More must be added to the queue.
    NEED_DATA,
    /// The part is complete.
    PART_END,
    /// There are no more parts.
    END
  }
}
