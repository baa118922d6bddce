// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.memcached.protocol.Command;
import tulip.memcached.protocol.RequestEncoder;

/// A meta command with all that belongs to it.
///
/// @param flags writes them
/// @param value what is to be stored, or `null`
record Request(Command command, String key, Flags flags, @Nullable Bytes value) {
  /// Writes the flags of a command.
  @FunctionalInterface
  interface Flags {
    /// No flags.
    Flags NONE = out -> out;

    /// Writes them, and returns the encoder.
    RequestEncoder write(RequestEncoder out);
  }

  Request(Command command, String key, Flags flags) {
    this(command, key, flags, null);
  }

  void encode(RequestEncoder out) {
    out.command(command, key);
    if (value == null) {
      flags.write(out).end();
    } else {
      flags.write(out.size(value.length())).end().value(value);
    }
  }
}
