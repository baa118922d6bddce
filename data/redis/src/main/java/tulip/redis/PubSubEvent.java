// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// What comes out of a [Subscription].
public sealed interface PubSubEvent {
  /// Somebody has published something.
  ///
  /// @param channel where
  /// @param pattern because of which it came, or `null` if the channel was subscribed to
  record Message(String channel, @Nullable String pattern, Bytes payload) implements PubSubEvent {
    /// The payload as text, with U+FFFD for what is no UTF-8.
    public String text() {
      return payload.utf8();
    }
  }

  /// Messages may be missing here: who keeps a copy of something fetches it anew.
  ///
  /// @param why the reason
  /// @param dropped how many were dropped here; 0 if nobody knows how many there were
  record Gap(Reason why, long dropped) implements PubSubEvent {
    /// Why messages may be missing.
    public enum Reason {
      /// The connection was lost; there is another one now.
      CONNECTION_LOST,
      /// They came faster than they were taken, and the subscription was full.
      SLOW_RECEIVER
    }
  }
}
