// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.util.EnumSet;
import java.util.Set;
import tulip.bytes.ByteReader;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// The first words of a message, without its counts (RFC 1035, 4.1.1).
///
/// @param id what ties an answer to its query, 0 to 65535
/// @param flags those that are set
/// @param opcode the kind of query, 0 to 15; 0 is the usual one
/// @param code how it went, with the bits that EDNS adds
public record Header(int id, Set<Flag> flags, int opcode, ResponseCode code) {
  /// How many bytes a header has, with its counts.
  public static final int SIZE = 12;

  /// Checks the ranges.
  public Header {
    Unsigned.check16(id, "id");
    flags = Set.copyOf(flags);
    if (opcode < 0 || opcode > 15) {
      throw new IllegalArgumentException("an opcode is 0 to 15, not " + opcode);
    }
  }

  /// The header of a query to a server that asks others.
  public static Header query(int id) {
    return new Header(id, Set.of(Flag.RD), 0, ResponseCode.NOERROR);
  }

  /// Whether a flag is set.
  public boolean has(Flag flag) {
    return flags.contains(flag);
  }

  /// Reads the header alone: whose answer a datagram may be, and whether it was cut.
  ///
  /// @param message at least [#SIZE] bytes
  /// @throws DnsFormatException if there are fewer
  public static Header parse(Bytes message) throws DnsFormatException {
    if (message.length() < SIZE) {
      throw new DnsFormatException(
          "header",
          message.length(),
          new MalformedException("a header has 12 bytes, here are " + message.length()));
    }
    try {
      return take(message.reader());
    } catch (MalformedException e) {
      throw new IllegalStateException(e); // the length was checked
    }
  }

  static Header take(ByteReader in) throws MalformedException {
    int id = in.takeUnsignedShort();
    int bits = in.takeUnsignedShort();
    var flags = EnumSet.noneOf(Flag.class);
    for (var flag : Flag.values()) {
      if ((bits & flag.bit) != 0) {
        flags.add(flag);
      }
    }
    return new Header(id, flags, bits >> 11 & 0xF, new ResponseCode(bits & 0xF));
  }

  /// Flags, opcode and the lower four bits of the code.
  int bits() {
    int bits = opcode << 11 | (code.value() & 0xF);
    for (var flag : flags) {
      bits |= flag.bit;
    }
    return bits;
  }

  /// The same with the upper eight bits of the code.
  Header withExtendedCode(int upper) {
    return new Header(id, flags, opcode, new ResponseCode(upper << 4 | code.value()));
  }
}
