// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tulip.bytes.Bytes;

/// Sessions within their cookies.
class CookieStoresTest {
  private static final Bytes OLD = Bytes.ofHex("11".repeat(32));
  private static final Bytes NEW = Bytes.ofHex("22".repeat(32));
  private static final SessionData DATA =
      new SessionData(
          Instant.ofEpochMilli(1_000), Instant.ofEpochMilli(2_000), Map.of("a", "é=&.", "", "x y"));

  interface Kind {
    SessionStore with(Bytes... keys);
  }

  static Stream<Kind> kinds() {
    return Stream.of(SignedCookies::of, EncryptedCookies::of);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void giveBackWhatTheyKeep(Kind kind) throws IOException {
    var store = kind.with(OLD);
    var token = store.save(DATA, null);
    assertTrue(token.matches("[A-Za-z0-9._-]+"), token);
    assertEquals(DATA, store.load(token));
    var empty = new SessionData(DATA.created(), DATA.expires(), Map.of());
    assertEquals(empty, store.load(store.save(empty, token)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void keysAreChangedInTurn(Kind kind) throws IOException {
    var old = kind.with(OLD).save(DATA, null);
    var both = kind.with(NEW, OLD);
    assertEquals(DATA, both.load(old));
    assertEquals(DATA, kind.with(NEW).load(both.save(DATA, old)));
    assertNull(kind.with(NEW).load(old));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void nothingThatWasChangedIsTaken(Kind kind) throws IOException {
    var store = kind.with(OLD);
    var token = store.save(DATA, null);
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'Q' : 'A';
      var changed = token.substring(0, i) + other + token.substring(i + 1);
      var loaded = store.load(changed);
      assertTrue(loaded == null || isSpareBits(token, changed), changed);
      assertNull(store.load(token.substring(0, i)));
    }
    assertNull(store.load(token + "AAAA"));
    assertNull(store.load("é"));
  }

  /// The last character of base 64 has bits that mean nothing.
  private static boolean isSpareBits(String token, String changed) {
    var decoder = Base64.getUrlDecoder();
    for (int part = 0; part < token.split("\\.", -1).length; part++) {
      byte[] a = decoder.decode(token.split("\\.", -1)[part]);
      byte[] b = decoder.decode(changed.split("\\.", -1)[part]);
      if (!Arrays.equals(a, b)) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theSignatureOfSomethingElseIsNone(Kind kind) throws IOException {
    var other = kind.with(OLD).save(DATA, null);
    for (var each : kinds().toList()) {
      var loaded = each.with(OLD).load(other);
      assertEquals(each.with(OLD).getClass().equals(kind.with(OLD).getClass()), loaded != null);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatDoesNotFitACookieIsRefused(Kind kind) {
    var large = new SessionData(DATA.created(), DATA.expires(), Map.of("a", "x".repeat(3000)));
    var store = kind.with(OLD);
    var error = assertThrows(IllegalStateException.class, () -> store.save(large, null));
    assertTrue(String.valueOf(error.getMessage()).contains("MemorySessions"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shortKeysAreRefused(Kind kind) {
    assertThrows(IllegalArgumentException.class, kind::with);
    assertThrows(IllegalArgumentException.class, () -> kind.with(OLD, OLD.slice(1)));
  }

  @Test
  void signedOnesCanBeReadAndEncryptedOnesCannot() throws IOException {
    var signed = SignedCookies.of(OLD).save(DATA, null).split("\\.", -1)[0];
    assertTrue(Bytes.wrap(Base64.getUrlDecoder().decode(signed)).utf8().startsWith("1000.2000."));
    var store = EncryptedCookies.of(OLD);
    var encrypted = store.save(DATA, null);
    assertFalse(Bytes.wrap(Base64.getUrlDecoder().decode(encrypted)).utf8().contains("2000"));
    assertNotEquals(encrypted, store.save(DATA, null));
  }
}
