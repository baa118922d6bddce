// SPDX-License-Identifier: Apache-2.0
package tulip.memcached.protocol;

import java.util.EnumSet;
import java.util.Set;
import tulip.memcached.protocol.Reply.Code;

/// The meta commands, and what servers answer to them.
public enum Command {
  /// Get, touch, and all that reads.
  MG("mg", Code.VA, Code.HD, Code.EN),
  /// Set, and all that stores.
  MS("ms", Code.HD, Code.NS, Code.EX, Code.NF),
  /// Delete, or mark as stale.
  MD("md", Code.HD, Code.NF, Code.EX),
  /// Arithmetic.
  MA("ma", Code.VA, Code.HD, Code.NF, Code.NS, Code.EX),
  /// Facts about an item, for people.
  ME("me", Code.EN);

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
  private final Set<Code> codes;

  Command(String word, Code first, Code... rest) {
    this.word = word;
    codes = EnumSet.of(first, rest);
  }

  /// {@return how it is written}
  public String word() {
    return word;
  }

  /// {@return whether a reply can be one to this command}
  ///
  /// @param reply any
  public boolean isAnsweredBy(Reply reply) {
    return switch (reply) {
      case Reply.Meta meta -> codes.contains(meta.code());
      case Reply.Failure _ -> true;
      case Reply.Line line -> this == ME && line.word().equals("ME");
    };
  }
}
