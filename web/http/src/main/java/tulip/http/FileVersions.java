// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Short texts that stand for what is in files: another text for another content. A file is read
/// again when its time or size has changed.
final class FileVersions {
  /// 72 bits of a hash: nobody meets the same twice.
  private static final int BYTES = 9;

  /// How long such a text is.
  static final int LENGTH = 12;

  private static final int PIECE = 64 * 1024;
  private static final int MOST = 10_000;
  private static final Map<Path, Known> KNOWN = new ConcurrentHashMap<>();

  private record Known(FileTime modified, long size, String version) {
    boolean fits(BasicFileAttributes facts) {
      return modified.equals(facts.lastModifiedTime()) && size == facts.size();
    }
  }

  private FileVersions() {}

  /// The text for a file. Blocks.
  ///
  /// @param file its real path
  static String of(Path file) throws IOException {
    var facts = Files.readAttributes(file, BasicFileAttributes.class);
    var known = KNOWN.get(file);
    if (known == null || !known.fits(facts)) {
      known = new Known(facts.lastModifiedTime(), facts.size(), hash(file));
      if (KNOWN.size() >= MOST) {
        KNOWN.clear();
      }
      KNOWN.put(file, known);
    }
    return known.version;
  }

  private static String hash(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var digest = MessageDigest.getInstance("SHA-256");
      byte[] piece = new byte[PIECE];
      for (int n; (n = in.read(piece)) > 0; ) {
        digest.update(piece, 0, n);
      }
      return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest.digest(), BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }
}
