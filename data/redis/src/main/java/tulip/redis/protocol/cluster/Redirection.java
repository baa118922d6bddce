// SPDX-License-Identifier: Apache-2.0
package tulip.redis.protocol.cluster;

import org.jspecify.annotations.Nullable;
import tulip.redis.protocol.Reply;

/// A node's word that another one serves a slot.
///
/// @param lasting whether it does for all keys and from now on (`MOVED`), or for this command alone
///   while the slot moves (`ASK`)
/// @param slot which one
/// @param target who serves it
public record Redirection(boolean lasting, int slot, NodeAddress target) {
  /// The redirection that a reply is, or `null` if it is none.
  ///
  /// @param from who has answered: a node that knows no name of another one leaves it out, and
  ///   means that it is the same
  public static @Nullable Redirection of(Reply.Failure failure, NodeAddress from) {
    return switch (failure.code()) {
      case "MOVED" -> parse(true, failure.message(), from);
      case "ASK" -> parse(false, failure.message(), from);
      default -> null;
    };
  }

  private static @Nullable Redirection parse(boolean lasting, String message, NodeAddress from) {
    var words = message.split(" ", -1);
    int colon = words.length < 3 ? -1 : words[2].lastIndexOf(':');
    if (colon < 0) {
      return null;
    }
    try {
      int slot = Integer.parseInt(words[1]);
      int port = Integer.parseInt(words[2].substring(colon + 1));
      var host = words[2].substring(0, colon);
      if (slot < 0 || slot >= Slot.COUNT) {
        return null;
      }
      return new Redirection(
          lasting, slot, new NodeAddress(host.isEmpty() ? from.host() : host, port));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
