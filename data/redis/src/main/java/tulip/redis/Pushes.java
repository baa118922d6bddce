// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// Tells what a server says by itself from what it answers.
///
/// RESP3 has a type for it, but uses that also where a command that subscribes has its effect, and
/// sends nothing else for a reply. RESP2 has arrays for all.
final class Pushes {
  private static final Set<String> CONFIRMATIONS =
      Set.of(
          "subscribe", "psubscribe", "ssubscribe", "unsubscribe", "punsubscribe", "sunsubscribe");

  private static final Set<String> MESSAGES = Set.of("message", "pmessage", "smessage");

  private Pushes() {}

  /// What the server has said by itself, or `null` if it is a reply.
  ///
  /// @param messagesAreArrays whether the connection is subscribed to something, in RESP2
  /// @param subscribing whether the next reply is that to a command that subscribes
  static Reply.@Nullable Push of(Reply reply, boolean messagesAreArrays, boolean subscribing) {
    if (reply instanceof Reply.Push push) {
      return subscribing && CONFIRMATIONS.contains(push.kind()) ? null : push;
    }
    return messagesAreArrays && isMessage(reply) ? new Reply.Push(reply.list()) : null;
  }

  private static boolean isMessage(Reply reply) {
    return reply instanceof Reply.Array(var values)
        && values.size() > 2
        && values.getFirst() instanceof Reply.Bulk(var kind)
        && MESSAGES.contains(kind.ascii());
  }
}
