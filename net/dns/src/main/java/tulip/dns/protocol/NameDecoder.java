// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import tulip.bytes.ByteReader;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Reads names out of a message.
///
/// A name may end with a pointer to the rest of it earlier in the message (RFC 1035, 4.1.4). Each
/// pointer must point before the piece that it ends, so that there is no way round in a circle.
final class NameDecoder {
  private NameDecoder() {}

  /// A name that may be compressed.
  static DomainName take(ByteReader in) throws MalformedException {
    return take(in, true);
  }

  /// A name in a place where pointers are forbidden.
  static DomainName takeUncompressed(ByteReader in) throws MalformedException {
    return take(in, false);
  }

  private static DomainName take(ByteReader in, boolean mayPoint) throws MalformedException {
    byte[] wire = new byte[DomainName.MAX_WIRE];
    int size = 0;
    int piece = in.position();
    int after = -1; // where to go on behind the first pointer
    while (true) {
      int head = in.takeUnsignedByte();
      if (head == 0) {
        break;
      } else if (head <= DomainName.MAX_LABEL) {
        if (size + 1 + head + 1 > wire.length) {
          throw new MalformedException("a name of more than 255 bytes");
        }
        wire[size] = (byte) head;
        in.take(head).copyTo(wire, size + 1);
        size += 1 + head;
      } else {
        piece = takePointer(in, head, mayPoint ? piece : 0);
        after = after < 0 ? in.position() : after;
        in.position(piece);
      }
    }
    if (after >= 0) {
      in.position(after);
    }
    return size == 0 ? DomainName.ROOT : new DomainName(Bytes.copyOf(wire, 0, size + 1));
  }

  private static int takePointer(ByteReader in, int head, int before) throws MalformedException {
    if (head < 0xC0) {
      throw new MalformedException("a label of the unknown kind %02x".formatted(head));
    }
    int target = (head & 0x3F) << 8 | in.takeUnsignedByte();
    if (target < Header.SIZE || target >= before) {
      throw new MalformedException("a name points to " + target + ", where it may not");
    }
    return target;
  }
}
