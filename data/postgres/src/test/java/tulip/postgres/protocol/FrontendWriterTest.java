// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;

/// The bytes of each message, as section 55.7 of the manual has them.
class FrontendWriterTest {
  private static void check(String expected, Consumer<FrontendWriter> messages) {
    var out = new ByteWriter(1_000);
    messages.accept(new FrontendWriter(out));
    assertEquals(expected.replace(" ", ""), out.toBytes().hex());
  }

  @Test
  void theBeginning() {
    check("00000008 04d2162f", FrontendWriter::sslRequest);
    check(
        "00000010 04d2162e 00000007 01020304",
        writer -> writer.cancelRequest(7, Bytes.ofHex("01020304")));
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("user", "a");
    parameters.put("database", "b");
    check(
        "0000001b 00030000 7573657200 6100 646174616261736500 6200 00",
        writer -> writer.startup(parameters));
    check("70 00000007 707700", writer -> writer.password("pw"));
    check(
        "70 0000000c 5300 00000002 0102",
        writer -> writer.saslInitialResponse("S", Bytes.ofHex("0102")));
    check("70 00000006 0102", writer -> writer.saslResponse(Bytes.ofHex("0102")));
  }

  @Test
  void statements() {
    check("51 00000006 3b00", writer -> writer.query(";"));
    check("50 0000000a 7300 7100 0000", writer -> writer.parse("s", "q"));
    check("44 00000007 53 7300", writer -> writer.describeStatement("s"));
    check("44 00000007 50 7000", writer -> writer.describePortal("p"));
    check("43 00000007 53 7300", writer -> writer.closeStatement("s"));
    check("43 00000007 50 7000", writer -> writer.closePortal("p"));
    check("45 0000000a 7000 00000064", writer -> writer.execute("p", 100));
    check("53 00000004", FrontendWriter::sync);
    check("58 00000004", FrontendWriter::terminate);
    check(
        "42 00000010 7000 7300 0000 0000 00010001",
        writer -> {
          int start = writer.beginBind("p", "s");
          writer.out().putShort(0).putShort(0);
          writer.endBind(start, Bytes.ofHex("00010001"));
        });
  }

  @Test
  void copying() {
    check("64 00000006 0102", writer -> writer.copyData(Bytes.ofHex("0102")));
    check("63 00000004", FrontendWriter::copyDone);
    check("66 00000006 7800", writer -> writer.copyFail("x"));
  }

  @Test
  void stringsEndWithTheirFirstZeroByte() {
    var writer = new FrontendWriter(new ByteWriter(1_000));
    assertThrows(IllegalArgumentException.class, () -> writer.query("select 1\0; drop table x"));
  }
}
