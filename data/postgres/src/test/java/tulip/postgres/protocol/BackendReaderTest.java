// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.testing.WireSplitter;
import tulip.testing.WireVector;

class BackendReaderTest {
  private static final int LIMIT = 1_000;

  /// Tells what each message says.
  private static final class Telling implements WireSplitter.Decoder<Object> {
    private @Nullable BackendReader reader;

    @Override
    public void decode(ByteQueue input, Consumer<Object> events) throws PostgresFormatException {
      if (reader == null) {
        reader = new BackendReader(input, LIMIT);
      }
      while (reader.next()) {
        events.accept(
            switch (reader.type()) {
              case 'R' -> Authentication.read(reader);
              case 'T' -> FieldDescription.read(reader);
              case 'E', 'N' -> ErrorFields.read(reader);
              case 'C' -> CommandTag.read(reader);
              case 'Z' -> (char) reader.takeByte();
              case 'K' -> List.of(reader.takeInt(), reader.take(reader.remaining()));
              default -> reader.type();
            });
      }
    }
  }

  private static Bytes message(char type, String hex) {
    var body = Bytes.ofHex(hex.replace(" ", ""));
    var length = Bytes.ofHex("%08x".formatted(4 + body.length()));
    return Bytes.concat(Bytes.ofAscii("" + type), length, body);
  }

  private static String hex(String text) {
    return Bytes.ofUtf8(text).hex();
  }

  private static final List<WireVector<Object>> VECTORS =
      List.of(
          WireVector.of("ok", message('R', "00000000"), new Authentication.Ok()),
          WireVector.of(
              "cleartext", message('R', "00000003"), new Authentication.CleartextPassword()),
          WireVector.of(
              "md5",
              message('R', "00000005 01020304"),
              new Authentication.Md5Password(Bytes.ofHex("01020304"))),
          WireVector.of(
              "sasl",
              message('R', "0000000a" + hex("A\0B\0\0")),
              new Authentication.Sasl(List.of("A", "B"))),
          WireVector.of(
              "sasl goes on",
              message('R', "0000000b" + hex("x=y")),
              new Authentication.SaslContinue(Bytes.ofAscii("x=y"))),
          WireVector.of("kerberos", message('R', "00000007"), new Authentication.Other(7)),
          WireVector.of("idle", message('Z', hex("I")), 'I'),
          WireVector.of(
              "insert", message('C', hex("INSERT 0 12\0")), new CommandTag("INSERT 0 12", 12)),
          WireVector.of("begin", message('C', hex("BEGIN\0")), new CommandTag("BEGIN", 0)),
          WireVector.of("parsed", message('1', ""), '1'),
          WireVector.of(
              "key", message('K', "00000007 0102030405"), List.of(7, Bytes.ofHex("0102030405"))),
          WireVector.of(
              "error",
              message('E', hex("SERROR\0C42601\0Mno\0\0")),
              new ErrorFields(Map.of('S', "ERROR", 'C', "42601", 'M', "no"))),
          WireVector.of(
              "columns",
              message('T', "0001" + hex("id\0") + "00000000 0000 00000017 0004 ffffffff 0001"),
              List.of(new FieldDescription("id", 23, true))),
          WireVector.refused("too short", Bytes.ofHex("5a00000003"), PostgresFormatException.class),
          WireVector.refused("too long", Bytes.ofHex("5a000003e9"), PostgresFormatException.class),
          WireVector.refused("negative", Bytes.ofHex("5a80000000"), PostgresFormatException.class),
          WireVector.refused(
              "a string without an end", message('C', hex("x")), PostgresFormatException.class),
          WireVector.refused(
              "an error without an end", message('E', hex("Sx\0")), PostgresFormatException.class),
          WireVector.refused(
              "more columns than bytes", message('T', "ffff"), PostgresFormatException.class),
          WireVector.refused("half a number", message('R', "0000"), PostgresFormatException.class));

  @Test
  void messagesHoweverTheyAreCut() {
    WireSplitter.check(Telling::new, VECTORS);
  }

  @Test
  void fieldsEndWhereTheySay() throws PostgresFormatException {
    var input = new ByteQueue(LIMIT);
    input.put(message('D', "0001 0002 0003"));
    var reader = new BackendReader(input, LIMIT);
    assertTrue(reader.next());
    int outer = reader.enter(4);
    assertEquals(1, reader.takeShort());
    assertThrows(PostgresFormatException.class, () -> reader.leave(outer));
    assertThrows(PostgresFormatException.class, reader::takeInt);
    assertThrows(PostgresFormatException.class, () -> reader.take(-1));
    assertThrows(PostgresFormatException.class, () -> reader.enter(3));
    assertEquals(2, reader.takeUnsignedShort());
    reader.leave(outer);
    assertEquals(2, reader.remaining());
    reader.abandon(reader.enter(1));
    assertEquals(1, reader.remaining());
    assertFalse(reader.next());
    assertTrue(input.isEmpty());
  }

  @Test
  void countsAreNotBelieved() throws PostgresFormatException {
    var input = new ByteQueue(LIMIT);
    input.put(message('D', "00000000"));
    var reader = new BackendReader(input, LIMIT);
    assertTrue(reader.next());
    assertEquals(2, reader.checkCount(2, 2));
    assertThrows(PostgresFormatException.class, () -> reader.checkCount(3, 2));
    assertThrows(PostgresFormatException.class, () -> reader.checkCount(-1, 0));
    assertThrows(PostgresFormatException.class, () -> reader.checkCount(Integer.MAX_VALUE, 4));
  }

  /// Whatever comes, it is read or refused, and nothing beyond a message is touched.
  @Test
  void randomBytesAreReadOrRefused() {
    var random = new Random(5);
    var types = "RTENCZK1".toCharArray();
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      var body = new byte[random.nextInt(40)];
      random.nextBytes(body);
      for (int zero = random.nextInt(body.length + 1); zero < body.length; zero += 3) {
        body[zero] = 0;
      }
      var input = new ByteQueue(LIMIT);
      input.put(message(types[random.nextInt(types.length)], Bytes.wrap(body).hex()));
      input.putByte('Z');
      try {
        new Telling().decode(input, _ -> {});
        assertEquals(1, input.size());
      } catch (PostgresFormatException e) {
        refused++;
      }
    }
    assertTrue(refused > 1_000 && refused < 19_000, refused + " refused");
  }
}
