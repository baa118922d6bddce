// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tulip.bytes.ByteQueue;
import tulip.bytes.ByteWriter;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;

/// Whatever bytes a server sends as a value, they are read or refused, and what was read is written
/// so that it is read again as the same.
class CodecFuzzTest {
  private static final int LIMIT = 1 << 20;
  private static final int RECORD = 2249;
  private static final int RECORDS = 2287;
  private static final int INTEGERS = 1007;

  private static final TypeCatalog CATALOG = new TypeCatalog(Map.of());

  private static final List<PgType> TYPES =
      IntStream.range(1, 6_000)
          .filter(oid -> oid != RECORD && oid != RECORDS) // which cannot be written
          .mapToObj(CATALOG::find)
          .filter(Objects::nonNull)
          .toList();

  private static @Nullable Object decode(PgType type, byte[] bytes) throws PostgresFormatException {
    var message = new ByteWriter(LIMIT).putByte('D').putInt(8 + bytes.length);
    var input = new ByteQueue(LIMIT);
    input.put(message.putInt(bytes.length).put(bytes).toBytes());
    var reader = new BackendReader(input, LIMIT);
    assertTrue(reader.next());
    return Element.decode(type.codec(), reader);
  }

  /// Not all that a server could send it would take: no U+0000, no hour 24.
  private static byte @Nullable [] tryEncode(PgType type, Object value) {
    var out = new ByteWriter(LIMIT);
    try {
      type.codec().encode(value, out);
    } catch (IllegalArgumentException e) {
      return null;
    }
    return value.toString().contains(LocalTime.MAX.toString()) ? null : out.toBytes().toByteArray();
  }

  /// Bytes with small numbers among them, as counts and lengths are.
  private static byte[] random(Random random) {
    var bytes = new byte[random.nextInt(48)];
    random.nextBytes(bytes);
    for (int i = 0; i + 4 <= bytes.length; i += 4) {
      if (random.nextBoolean()) {
        bytes[i] = 0;
        bytes[i + 1] = 0;
        bytes[i + 2] = 0;
        bytes[i + 3] = (byte) random.nextInt(9);
      }
    }
    return bytes;
  }

  private static int fuzz(long seed, int rounds) throws PostgresFormatException {
    var random = new Random(seed);
    int read = 0;
    for (int round = 0; round < rounds; round++) {
      for (var type : TYPES) {
        var value = tryDecode(type, random(random));
        var bytes = value == null ? null : tryEncode(type, value);
        if (bytes != null) {
          assertEquals(value, decode(type, bytes), type.name());
          read++;
        }
      }
    }
    return read;
  }

  private static @Nullable Object tryDecode(PgType type, byte[] bytes) {
    try {
      return decode(type, bytes);
    } catch (PostgresFormatException
        | DateTimeException
        | ArithmeticException
        | IllegalArgumentException e) {
      return null; // refused
    }
  }

  @Test
  void randomBytesAreReadOrRefused() throws PostgresFormatException {
    int read = fuzz(17, 400);
    assertTrue(read > 2_000, read + " values");
  }

  @Test
  @Tag("long")
  void randomBytesAreReadOrRefusedForLong() throws PostgresFormatException {
    for (int seed = 0; seed < 100; seed++) {
      fuzz(seed, 4_000);
    }
  }

  @Test
  void sizesOfArraysAreNotBelieved() {
    var integers = Objects.requireNonNull(CATALOG.find(INTEGERS), "int4[]");
    int[][] all = {{1_000_000_000, 0}, {-1}, {1 << 30, 1 << 30, 16}, {1 << 20}};
    for (var sizes : all) {
      var out = new ByteWriter(LIMIT).putInt(sizes.length).putInt(0).putInt(23);
      for (int size : sizes) {
        out.putInt(size).putInt(1);
      }
      var bytes = out.putInt(-1).toBytes().toByteArray();
      assertThrows(PostgresFormatException.class, () -> decode(integers, bytes));
    }
  }

  @Test
  void recordsWithinRecordsHaveAnEnd() {
    var record = Objects.requireNonNull(CATALOG.find(RECORD), "record");
    int depth = 10_000;
    var out = new ByteWriter(LIMIT);
    for (int level = depth; level > 0; level--) {
      out.putInt(1).putInt(RECORD).putInt(12 * (level - 1) + 4);
    }
    var bytes = out.putInt(0).toBytes().toByteArray();
    assertThrows(PostgresFormatException.class, () -> decode(record, bytes));
  }
}
