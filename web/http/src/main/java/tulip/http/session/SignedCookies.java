// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// Sessions within their cookies, signed by HMAC-SHA256: users can read theirs, and change nothing.
///
/// The server keeps nothing: it cannot take back a session that it has given out, until that
/// expires.
public final class SignedCookies implements SessionStore {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST_KEY = 32;

  /// So that nothing else that is signed with the same key passes for a session.
  private static final byte[] PURPOSE = Bytes.ofAscii("tulip session\0").toByteArray();

  private final List<SecretKeySpec> keys;

  private SignedCookies(List<SecretKeySpec> keys) {
    this.keys = keys;
  }

  /// Signs with the first key, and accepts what was signed with any: to change keys, put a new one
  /// ahead, and drop the old one when its sessions have expired.
  ///
  /// @param keys random, of 32 bytes or more each
  public static SignedCookies of(Bytes... keys) {
    return new SignedCookies(Keys.of(ALGORITHM, key -> key.length() >= SHORTEST_KEY, keys));
  }

  @Override
  public @Nullable SessionData load(String token) {
    int dot = token.indexOf('.');
    var content = dot < 0 ? null : TokenText.decode(token.substring(0, dot));
    var signature = dot < 0 ? null : TokenText.decode(token.substring(dot + 1));
    if (content == null || signature == null) {
      return null;
    }
    boolean genuine = false;
    for (var key : keys) {
      genuine |= sign(content, key).constantTimeEquals(signature);
    }
    return genuine ? SessionText.read(content) : null;
  }

  @Override
  public String save(SessionData data, @Nullable String token) {
    var content = SessionText.write(data);
    var signature = sign(content, keys.getFirst());
    return SessionText.checkLength(
        TokenText.encode(content.toByteArray()) + "." + TokenText.encode(signature.toByteArray()));
  }

  private static Bytes sign(Bytes content, SecretKeySpec key) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(PURPOSE);
      mac.update(content.asByteBuffer());
      return Bytes.wrap(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
    }
  }

  @Override
  public void delete(String token) {
    // the client is told to, and nobody else has it
  }
}
