// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;

/// What a command asks of the connection that it is sent on.
enum CommandKind {
  /// One reply, soon.
  ORDINARY,

  /// One reply, whenever: nobody else can use the connection meanwhile.
  BLOCKING,

  /// One reply, and the connection is another one afterwards: not for one that is shared.
  STATEFUL,

  /// No reply, or several: not by [Commands#call].
  CONVERSATION;

  private static final Map<String, CommandKind> KINDS =
      Map.ofEntries(
          entry("BLPOP", BLOCKING),
          entry("BRPOP", BLOCKING),
          entry("BLMOVE", BLOCKING),
          entry("BLMPOP", BLOCKING),
          entry("BRPOPLPUSH", BLOCKING),
          entry("BZPOPMIN", BLOCKING),
          entry("BZPOPMAX", BLOCKING),
          entry("BZMPOP", BLOCKING),
          entry("WAIT", BLOCKING),
          entry("WAITAOF", BLOCKING),
          entry("MULTI", STATEFUL),
          entry("EXEC", STATEFUL),
          entry("DISCARD", STATEFUL),
          entry("WATCH", STATEFUL),
          entry("UNWATCH", STATEFUL),
          entry("SELECT", STATEFUL),
          entry("AUTH", STATEFUL),
          entry("ASKING", STATEFUL),
          entry("READONLY", STATEFUL),
          entry("READWRITE", STATEFUL),
          entry("HELLO", CONVERSATION),
          entry("RESET", CONVERSATION),
          entry("QUIT", CONVERSATION),
          entry("MONITOR", CONVERSATION),
          entry("SYNC", CONVERSATION),
          entry("PSYNC", CONVERSATION),
          entry("SUBSCRIBE", CONVERSATION),
          entry("PSUBSCRIBE", CONVERSATION),
          entry("SSUBSCRIBE", CONVERSATION),
          entry("UNSUBSCRIBE", CONVERSATION),
          entry("PUNSUBSCRIBE", CONVERSATION),
          entry("SUNSUBSCRIBE", CONVERSATION));

  /// The kind of a command. Names that are no text are taken for ordinary ones.
  static CommandKind of(Object... command) {
    if (command.length == 0 || !(command[0] instanceof String written)) {
      return ORDINARY;
    }
    var name = written.toUpperCase(Locale.ROOT);
    return switch (name) {
      case "XREAD", "XREADGROUP" -> hasWord("BLOCK", command) ? BLOCKING : ORDINARY;
      case "CLIENT" -> isWord("REPLY", command, 1) ? CONVERSATION : ORDINARY;
      default -> KINDS.getOrDefault(name, ORDINARY);
    };
  }

  private static boolean hasWord(String word, Object[] command) {
    for (int i = 1; i < command.length; i++) {
      if (isWord(word, command, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWord(String word, Object[] command, int at) {
    return at < command.length && command[at] instanceof String text && text.equalsIgnoreCase(word);
  }

  /// The refusal of what would leave replies on the connection that nobody expects.
  static IllegalArgumentException noSingleReply(Object... command) {
    return new IllegalArgumentException(
        command[0]
            + " has not one reply: Redis.subscribe is for channels, monitor for MONITOR, Login for logging in");
  }
}
