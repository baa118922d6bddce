// SPDX-License-Identifier: Apache-2.0
package tulip.memcached.protocol;

import tulip.bytes.Bytes;

/// What the server says, one line or a line with a value.
public sealed interface Reply {
  /// The return codes of the meta commands.
  enum Code {
    /// Done, and a value follows.
    VA,
    /// Done.
    HD,
    /// A miss of a `mg` or `me`.
    EN,
    /// Not stored, because of a condition such as the mode "add".
    NS,
    /// Not stored, because the item has changed meanwhile.
    EX,
    /// There is no such item.
    NF,
    /// The answer to `mn`.
    MN
  }

  /// The reply to a meta command.
  ///
  /// @param code what became of it
  /// @param value empty but for [Code#VA]
  /// @param flags the client's own, that were stored with the value, as an unsigned number; 0 if
  ///   they were not asked for
  /// @param cas the version of the item; 0 if it was not asked for
  /// @param recache what the server has to say about who is to compute the value anew
  record Meta(Code code, Bytes value, int flags, long cas, Recache recache) implements Reply {}

  /// Who is to compute a value anew: the flags W, X and Z.
  ///
  /// @param won whoever asked
  /// @param stale the value was marked as stale
  /// @param taken somebody else has been told to
  record Recache(boolean won, boolean stale, boolean taken) {
    /// Nobody needs to.
    public static final Recache NONE = new Recache(false, false, false);
  }

  /// The reply to a classic command, or one line of it.
  ///
  /// @param word `STAT`, `VERSION`, `OK`, `END`, `RESET`, `STORED`, `ME`
  /// @param rest what stands behind it
  record Line(String word, String rest) implements Reply {}

  /// The server refuses or fails.
  ///
  /// @param fault whose fault it is
  /// @param message the server's
  record Failure(Fault fault, String message) implements Reply {
    /// Whether the next reply belongs to the next command. When the server has not understood a
    /// command it may take the value behind it for another one.
    public boolean isInStep() {
      return switch (fault) {
        case SERVER -> true;
        case CLIENT -> !message.startsWith("bad ") && !message.startsWith("line ");
        case UNKNOWN_COMMAND -> false;
      };
    }
  }

  /// Whose fault it is.
  enum Fault {
    /// `SERVER_ERROR`: it is out of memory, or the value is too large.
    SERVER,
    /// `CLIENT_ERROR`: the command makes no sense, such as adding to what is no number.
    CLIENT,
    /// `ERROR`: it does not know the command.
    UNKNOWN_COMMAND
  }
}
