// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.CommandTag;
import tulip.postgres.protocol.PostgresFormatException;

/// Query: a script is run, whose rows nobody wants.
final class ScriptExchange extends Exchange {
  private final boolean cancellable;
  private CommandTag tag = CommandTag.NONE;

  /// @param cancellable whether the server is asked to stop if nobody waits any more
  ScriptExchange(Conversation conversation, boolean cancellable) {
    super(conversation);
    this.cancellable = cancellable;
  }

  @Override
  boolean take(BackendReader message) throws PostgresFormatException {
    switch (message.type()) {
      case 'C' -> tag = CommandTag.read(message);
      case 'T', 'D', 'I' -> {} // rows
      default -> {
        return false;
      }
    }
    return true;
  }

  /// What the last command of the script has said.
  CommandTag tag() {
    return tag;
  }

  @Override
  boolean isSimple() {
    return true;
  }

  @Override
  boolean isCancellable() {
    return cancellable;
  }
}
