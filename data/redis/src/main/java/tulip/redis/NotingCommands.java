// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.io.Serial;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// Notes the command that a method of [RedisCommands] calls, and how its result is made of the
/// reply.
///
/// There is no reply yet that the method could return. So it is left by an exception, which nobody
/// sees.
final class NotingCommands implements RedisCommands {
  /// A command that was called and not sent.
  ///
  /// @param result makes its result of the reply
  record Noted(Object[] command, Function<? super Reply, ? extends @Nullable Object> result) {}

  /// Has no stack, and costs little.
  private static final class Done extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Done() {
      super(null, null, false, false);
    }
  }

  private static final Done DONE = new Done();

  private @Nullable Noted noted;

  private NotingCommands() {}

  static Noted note(Batch.Untyped command) {
    var commands = new NotingCommands();
    try {
      command.on(commands);
    } catch (Done | IOException e) {
      // what was called is noted
    }
    if (commands.noted == null) {
      throw new IllegalArgumentException("what is to be queued calls no command");
    }
    return commands.noted;
  }

  @Override
  public Reply call(Object... command) {
    return this.<Reply>call(Reply::orThrow, command);
  }

  @Override
  public <T extends @Nullable Object> T call(
      Function<? super Reply, ? extends T> result, Object... command) {
    noted = new Noted(command, result);
    throw DONE;
  }
}
