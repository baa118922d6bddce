// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.time.Duration;
import tulip.core.Cancelled;
import tulip.core.Task;
import tulip.core.Tulip;
import tulip.redis.protocol.RedisException;
import tulip.redis.protocol.Reply;

/// A command that waits at the server, and can be cancelled without losing what the server gives
/// it.
///
/// The server may pop an element for it at the very moment when it is cancelled. So it is not
/// simply left: CLIENT UNBLOCK, on another connection, has the server answer it, and the answer is
/// either that there was nothing, or the element.
final class BlockingCall {
  /// How long the server has for that. Then the connection is given up, and what it may have given
  /// is lost.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private BlockingCall() {}

  /// Calls the command.
  ///
  /// @param connection on which nobody else waits
  /// @param other where it can be taken back meanwhile
  /// @throws Cancelled if the task was cancelled, and has been given nothing
  static Reply run(RedisConnection connection, Commands other, Object... command)
      throws IOException {
    long id = connection.id();
    var exchange = connection.sendBlocking(command);
    try {
      return exchange.awaitReplies()[0].orThrow();
    } catch (Cancelled e) {
      var reply = takeBack(exchange, other, id, e);
      if (isNothing(reply)) {
        throw e;
      }
      cancelAgain(e);
      return reply;
    }
  }

  /// What fails here leaves the command unanswered, so that its connection is not lent on.
  private static Reply takeBack(Exchange exchange, Commands other, long id, Cancelled why) {
    var reply = new Reply[] {new Reply.Null()};
    Tulip.shield(() ->
        Tulip.moveOnAfter(
            PATIENCE,
            () -> {
              try {
                other.call("CLIENT", "UNBLOCK", id);
                reply[0] = exchange.awaitReplies()[0];
              } catch (IOException | RedisException e) {
                why.addSuppressed(e);
              }
            }));
    return reply[0];
  }

  /// A number is what WAIT has counted up to now: nothing that could be lost.
  private static boolean isNothing(Reply reply) {
    return switch (reply.plain()) {
      case Reply.Null _, Reply.Failure _, Reply.Int _ -> true;
      default -> false;
    };
  }

  /// A scope cancels the next wait anyway; a request to the task alone would be forgotten.
  private static void cancelAgain(Cancelled e) {
    if (e.scope() == null) {
      var task = Task.current();
      task.uncancel();
      task.cancel(e.reason());
    }
  }
}
