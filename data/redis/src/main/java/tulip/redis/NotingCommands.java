// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.io.Serial;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// Notes the command that a method of [RedisCommands] calls, and how its result is made of the
/// reply.
///
/// There is no reply yet that the method could return. So it is left by an exception, which nobody
/// sees.
final class NotingCommands implements RedisCommands {
  /// Has no stack, and costs little.
  private static final class Noted extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Noted() {
      super(null, null, false, false);
    }
  }

  private Object @Nullable [] command;
  private Function<? super Reply, ? extends @Nullable Object> result = Reply::orThrow;

  private NotingCommands() {}

  /// Calls a typed command.
  ///
  /// @throws IllegalArgumentException if it is none
  static NotingCommands of(Batch.Untyped typed) {
    var commands = new NotingCommands();
    try {
      typed.on(commands);
    } catch (Noted e) {
      return commands;
    } catch (IOException e) {
      throw new AssertionError("nothing is sent here", e);
    }
    throw new IllegalArgumentException("what is to be queued calls no command");
  }

  Object[] command() {
    return Objects.requireNonNull(command);
  }

  Function<? super Reply, ? extends @Nullable Object> result() {
    return result;
  }

  @Override
  public Reply call(Object... command) {
    return this.<Reply>call(Reply::orThrow, command);
  }

  @Override
  public <T extends @Nullable Object> T call(
      Function<? super Reply, ? extends T> result, Object... command) {
    this.command = command;
    this.result = result;
    throw new Noted();
  }
}
