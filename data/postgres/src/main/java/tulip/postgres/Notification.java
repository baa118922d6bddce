// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;

/// What somebody has sent by `NOTIFY`.
///
/// @param channel that it was sent to
/// @param payload may be empty
/// @param process of the server that has sent it: see [PostgresConnection#processId]
public record Notification(String channel, String payload, int process)
    implements NotificationEvent {
  static Notification read(BackendReader message) throws PostgresFormatException {
    int process = message.takeInt();
    var channel = message.takeString();
    return new Notification(channel, message.takeString(), process);
  }
}
