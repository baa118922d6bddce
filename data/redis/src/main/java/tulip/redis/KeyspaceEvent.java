// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

/// What comes out of [KeyspaceEvents].
public sealed interface KeyspaceEvent {
  /// Something has happened to a key.
  ///
  /// @param event what: `set`, `del`, `expire`, `expired`, `lpush` ...
  record Changed(String key, String event) implements KeyspaceEvent {}

  /// Events may be missing here, for the reason of a [PubSubEvent.Gap].
  record Gap(PubSubEvent.Gap gap) implements KeyspaceEvent {}
}
