// SPDX-License-Identifier: Apache-2.0
package tulip.websocket;

import tulip.bytes.Bytes;

/// A whole message.
public sealed interface Message {
  /// Text.
  record Text(String text) implements Message {}

  /// Bytes.
  record Binary(Bytes bytes) implements Message {}

  /// Text.
  static Message of(String text) {
    return new Text(text);
  }

  /// Bytes.
  static Message of(Bytes bytes) {
    return new Binary(bytes);
  }
}
