// SPDX-License-Identifier: Apache-2.0
package tulip.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tulip.bytes.Bytes;

class ScramClientTest {
  private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
  private static final String SERVER_FIRST =
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

  private static ScramClient client() {
    return ScramClient.open("SCRAM-SHA-256", "user", "pencil", NONCE);
  }

  /// RFC 7677, section 3.
  @Test
  void theExampleOfTheStandardForSha256() throws SaslException {
    var client = client();
    assertEquals("n,,n=user,r=" + NONCE, client.first().utf8());
    assertEquals(
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        client.answer(Bytes.ofUtf8(SERVER_FIRST)).utf8());
    client.verify(Bytes.ofUtf8("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
  }

  /// RFC 5802, section 5.
  @Test
  void theExampleOfTheStandardForSha1() throws SaslException {
    var client = ScramClient.open("SCRAM-SHA-1", "user", "pencil", "fyko+d2lbbFgONRv9qkxdawL");
    assertEquals("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL", client.first().utf8());
    assertEquals(
        "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
        client
            .answer(
                Bytes.ofUtf8(
                    "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"))
            .utf8());
    client.verify(Bytes.ofUtf8("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="));
  }

  @Test
  void aServerThatDoesNotKnowThePasswordIsFoundOut() throws SaslException {
    var client = client();
    client.answer(Bytes.ofUtf8(SERVER_FIRST));
    var other = Bytes.ofUtf8("v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    assertThrows(SaslException.class, () -> client.verify(other));
    var before = client();
    assertThrows(
        SaslException.class,
        () -> before.verify(Bytes.ofUtf8("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")));
  }

  @Test
  void theServersRefusalIsToldInItsWords() {
    var refusal =
        assertThrows(SaslException.class, () -> client().verify(Bytes.ofUtf8("e=invalid-proof")));
    assertTrue(String.valueOf(refusal.getMessage()).contains("invalid-proof"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=another,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=?,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=99999999999",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=10000001",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==",
        "m=ext,r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
      })
  void whatAServerCannotSayIsRefused(String message) {
    assertThrows(SaslException.class, () -> client().answer(Bytes.ofUtf8(message)));
  }

  @Test
  void theChannelIsPartOfTheProof() throws SaslException {
    var binding = new ScramClient.Binding("tls-server-end-point", Bytes.ofHex("0102"));
    var bound = ScramClient.openBound("SCRAM-SHA-256-PLUS", "", "pencil", NONCE, binding);
    assertEquals("p=tls-server-end-point,,n=,r=" + NONCE, bound.first().utf8());
    assertTrue(
        bound
            .answer(Bytes.ofUtf8(SERVER_FIRST))
            .utf8()
            .startsWith("c=cD10bHMtc2VydmVyLWVuZC1wb2ludCwsAQI=,"));
    var unbound = ScramClient.openUnbound("SCRAM-SHA-256", "a=b,c", "pencil", NONCE);
    assertEquals("y,,n=a=3Db=2Cc,r=" + NONCE, unbound.first().utf8());
    assertThrows(IllegalArgumentException.class, () -> ScramClient.open("PLAIN", "a", "b", NONCE));
  }

  /// RFC 4013, section 3, and what it cannot prepare.
  @Test
  void passwordsArePrepared() {
    assertEquals("IX", SaslPrep.prepare("I\u00ADX"));
    assertEquals("user", SaslPrep.prepare("user"));
    assertEquals("a", SaslPrep.prepare("\u00AA"));
    assertEquals("IX", SaslPrep.prepare("\u2168"));
    assertEquals("a b", SaslPrep.prepare("a\u00A0b"));
    assertEquals("\u0007é", SaslPrep.prepare("\u0007é"));
    assertEquals("\u00AD", SaslPrep.prepare("\u00AD"));
  }
}
