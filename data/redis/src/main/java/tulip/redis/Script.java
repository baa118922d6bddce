// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tulip.redis.protocol.RedisException;

/// A script in Lua, and the digest by which servers know it.
///
/// @param source its text
/// @param sha1 of its UTF-8, in hexadecimal digits
public record Script(String source, String sha1) {
  /// A script.
  public static Script of(String source) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      var digest = sha1.digest(source.getBytes(StandardCharsets.UTF_8));
      return new Script(source, HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  static void refuseUnlessUnknown(RedisException e) {
    if (!e.code().equals("NOSCRIPT")) {
      throw e;
    }
  }

  Object[] command(String name, String which, List<String> keys, Object... arguments) {
    return Arguments.of(name, which, keys.size()).addAll(keys).each(arguments).toArray();
  }
}
