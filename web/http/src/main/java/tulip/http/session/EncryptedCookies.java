// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// Sessions within their cookies, encrypted by AES-GCM: users can neither read nor change theirs.
///
/// The server keeps nothing: it cannot take back a session that it has given out, until that
/// expires. Change keys before they have encrypted four thousand million cookies (2^32).
public final class EncryptedCookies implements SessionStore {
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final byte[] PURPOSE = Bytes.ofAscii("tulip session").toByteArray();

  private final SecureRandom random = new SecureRandom();
  private final List<SecretKeySpec> keys;

  private EncryptedCookies(List<SecretKeySpec> keys) {
    this.keys = keys;
  }

  /// Encrypts with the first key, and accepts what was encrypted with any: to change keys, put a
  /// new one ahead, and drop the old one when its sessions have expired.
  ///
  /// @param keys random, of 16 or 32 bytes each
  public static EncryptedCookies of(Bytes... keys) {
    return new EncryptedCookies(
        Keys.of("AES", key -> key.length() == 16 || key.length() == 32, keys));
  }

  @Override
  public @Nullable SessionData load(String token) {
    var bytes = TokenText.decode(token);
    if (bytes == null || bytes.length() < NONCE) {
      return null;
    }
    for (var key : keys) {
      var content = decrypt(bytes.toByteArray(), key);
      if (content != null) {
        return SessionText.read(content);
      }
    }
    return null;
  }

  private static @Nullable Bytes decrypt(byte[] bytes, SecretKeySpec key) {
    try {
      var cipher = cipher(Cipher.DECRYPT_MODE, key, bytes);
      return Bytes.wrap(cipher.doFinal(bytes, NONCE, bytes.length - NONCE));
    } catch (GeneralSecurityException _) {
      return null; // it was encrypted with another key, or changed
    }
  }

  @Override
  public String save(SessionData data, @Nullable String token) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] content = SessionText.write(data).toByteArray();
    byte[] sealed = Arrays.copyOf(nonce, NONCE + content.length + TAG_BITS / 8);
    try {
      cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), nonce)
          .doFinal(content, 0, content.length, sealed, NONCE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
    }
    return SessionText.checkLength(TokenText.encode(sealed));
  }

  /// @param nonce at its beginning
  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE));
    cipher.updateAAD(PURPOSE);
    return cipher;
  }

  @Override
  public void delete(String token) {
    // the client is told to, and nobody else has it
  }
}
