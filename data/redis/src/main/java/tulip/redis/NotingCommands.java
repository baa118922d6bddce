// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.io.Serial;
import tulip.redis.protocol.Reply;

/// Notes the command that a method of [RedisCommands] calls.
///
/// There is no reply yet that the method could return. So it is left by an exception, which nobody
/// sees; when there is one, [AnsweredCommands] runs it again.
final class NotingCommands implements RedisCommands {
  /// Has no stack, and costs little.
  private static final class Noted extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Noted() {
      super(null, null, false, false);
    }
  }

  private Object[] command = {};

  private NotingCommands() {}

  /// The command that is called first.
  ///
  /// @throws IllegalArgumentException if there is none
  static Object[] command(Batch.Untyped typed) {
    var commands = new NotingCommands();
    try {
      typed.on(commands);
    } catch (Noted e) {
      return commands.command;
    } catch (IOException e) {
      throw new IllegalArgumentException("what is to be queued has failed", e);
    }
    throw new IllegalArgumentException("what is to be queued calls no command");
  }

  @Override
  public Reply call(Object... command) {
    this.command = command;
    throw new Noted();
  }
}
