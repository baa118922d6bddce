// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.util.UUID;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;

/// Bytes, bits, and numbers that name things.
final class BinaryCodecs {
  static final TypeCodec BYTEA =
      TypeCodec.of(
          in -> in.take(in.remaining()),
          (value, out) -> {
            switch (value) {
              case Bytes bytes -> out.put(bytes);
              case byte[] array -> out.put(array);
              default -> throw Values.unfit(value, "byte string");
            }
          });

  static final TypeCodec UUID_CODEC =
      TypeCodec.of(
          in -> new UUID(in.takeLong(), in.takeLong()),
          (value, out) -> {
            var id = Values.as(UUID.class, value);
            out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
          });

  static final TypeCodec BITS = TypeCodec.of(BinaryCodecs::takeBits, BinaryCodecs::putBits);

  static final TypeCodec LSN =
      TypeCodec.of(
          in -> new Lsn(in.takeLong()),
          (value, out) -> out.putLong(Values.as(Lsn.class, value).position()));

  static final TypeCodec TID =
      TypeCodec.of(
          in -> new Tid(Integer.toUnsignedLong(in.takeInt()), in.takeUnsignedShort()),
          (value, out) -> {
            var tid = Values.as(Tid.class, value);
            out.putInt((int) tid.block()).putShort(tid.offset());
          });

  private BinaryCodecs() {}

  private static BitString takeBits(BackendReader in) throws PostgresFormatException {
    int count = in.takeInt();
    if (count < 0 || (count + 7L) / 8 != in.remaining()) {
      throw new PostgresFormatException(count + " bits in " + in.remaining() + " bytes");
    }
    var digits = new StringBuilder(count);
    byte current = 0;
    for (int i = 0; i < count; i++) {
      if (i % 8 == 0) {
        current = in.takeByte();
      }
      digits.append((current >> (7 - i % 8) & 1) == 0 ? '0' : '1');
    }
    return new BitString(digits.toString());
  }

  private static void putBits(Object value, ByteWriter out) {
    var digits = Values.as(BitString.class, value).digits();
    out.putInt(digits.length());
    for (int start = 0; start < digits.length(); start += 8) {
      int octet = 0;
      for (int i = start; i < start + 8; i++) {
        octet = octet << 1 | (i < digits.length() ? digits.charAt(i) - '0' : 0);
      }
      out.putByte(octet);
    }
  }
}
