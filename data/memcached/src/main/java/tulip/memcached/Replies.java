// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.util.Collection;
import tulip.memcached.protocol.Reply;
import tulip.pool.ConnectionLostException;

/// What replies mean: results, or errors of the server.
final class Replies {
  private Replies() {}

  static Reply.Meta meta(Reply reply) throws MemcachedException {
    return switch (reply) {
      case Reply.Meta meta -> meta;
      case Reply.Failure failure -> throw exception(failure);
      case Reply.Line line -> throw unexpected(line);
    };
  }

  static Reply.Line line(Reply reply) throws MemcachedException {
    return switch (reply) {
      case Reply.Line line -> line;
      case Reply.Failure failure -> throw exception(failure);
      case Reply.Meta meta -> throw unexpected(meta);
    };
  }

  /// Fails if the server did.
  static void check(Reply reply) throws MemcachedException {
    if (reply instanceof Reply.Failure failure) {
      throw exception(failure);
    }
  }

  /// Whether something was done; if not, because of a condition.
  static boolean isDone(Reply.Meta reply) {
    return reply.code() == Reply.Code.HD;
  }

  static CasResult casResult(Reply.Meta reply) {
    return switch (reply.code()) {
      case HD -> CasResult.DONE;
      case NF -> CasResult.NOT_FOUND;
      case EX -> CasResult.EXISTS;
      case VA, EN, NS, MN -> throw unexpected(reply);
    };
  }

  /// The failure of one of several requests, of which others were sent.
  static ConnectionLostException among(Collection<?> sent, ConnectionLostException failure) {
    return sent.isEmpty() || failure.mayHaveBeenExecuted()
        ? failure
        : new ConnectionLostException(
            "not all was sent: " + failure.getMessage(), /* maybeExecuted= */ true, failure);
  }

  /// Requests and replies are matched before: this is a bug.
  private static AssertionError unexpected(Reply reply) {
    return new AssertionError("not a reply to that request: " + reply);
  }

  private static MemcachedException exception(Reply.Failure failure) {
    var message = failure.message();
    return switch (failure.fault()) {
      case SERVER ->
          message.startsWith("object too large")
              ? new ValueTooLargeException("the server's limit is exceeded: " + message)
              : new ServerErrorException("the server failed: " + message);
      case CLIENT -> new ClientErrorException("the server refused: " + message);
      case UNKNOWN_COMMAND ->
          new ClientErrorException(
              "the server does not know the command (memcached has the meta commands from 1.6 on)"
                  + (message.isEmpty() ? "" : ": " + message));
    };
  }
}
