// SPDX-License-Identifier: Apache-2.0
package tulip.sasl;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The hash function of a SCRAM mechanism, and what RFC 5802 section 2.2 makes of it.
enum Scram {
  SHA_1("SHA-1", "HmacSHA1"),
  SHA_256("SHA-256", "HmacSHA256"),
  SHA_512("SHA-512", "HmacSHA512");

  private final String hash;
  private final String mac;

  Scram(String hash, String mac) {
    this.hash = hash;
    this.mac = mac;
  }

  /// The hash of a mechanism such as `SCRAM-SHA-256-PLUS`.
  static Scram of(String mechanism) {
    return switch (mechanism.replaceFirst("-PLUS$", "")) {
      case "SCRAM-SHA-1" -> SHA_1;
      case "SCRAM-SHA-256" -> SHA_256;
      case "SCRAM-SHA-512" -> SHA_512;
      default ->
          throw new IllegalArgumentException(mechanism + " is no SCRAM mechanism known here");
    };
  }

  byte[] hash(byte[] text) {
    try {
      return MessageDigest.getInstance(hash).digest(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + hash, e);
    }
  }

  byte[] hmac(byte[] key, byte[] text) {
    return keyed(key).doFinal(text);
  }

  private Mac keyed(byte[] key) {
    try {
      var keyed = Mac.getInstance(mac);
      keyed.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, mac)); // padded anyway
      return keyed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + mac, e);
    }
  }

  /// `Hi`: PBKDF2 with one block of output. Takes some milliseconds for the usual counts.
  byte[] saltedPassword(byte[] password, byte[] salt, int iterations) {
    var keyed = keyed(password);
    keyed.update(salt);
    var last = keyed.doFinal(new byte[] {0, 0, 0, 1});
    var all = last.clone();
    for (int i = 1; i < iterations; i++) {
      last = keyed.doFinal(last);
      xor(all, last);
    }
    return all;
  }

  static void xor(byte[] target, byte[] other) {
    for (int i = 0; i < target.length; i++) {
      target[i] ^= other[i];
    }
  }
}
