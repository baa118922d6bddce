// SPDX-License-Identifier: Apache-2.0
package tulip.memcached.protocol;

import java.util.Arrays;
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

  /// One bit a code.
  private final int codes;

  Command(String word, Code... codes) {
    this.word = word;
    this.codes = Arrays.stream(codes).mapToInt(Command::bit).sum();
  }

  private static int bit(Code code) {
    return 1 << code.ordinal();
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
      case Reply.Meta meta -> (codes & bit(meta.code())) != 0;
      case Reply.Failure _ -> true;
      case Reply.Line line -> this == ME && line.word().equals("ME");
    };
  }
}
