// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.http.fields.EntityTag;
import tulip.http.fields.Preconditions;
import tulip.http.fields.Preferences;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// A file as it is to be sent: itself, or a compressed one that lies beside it, which has the same
/// name and `.br`, `.zst` or `.gz` behind it, is no link, and is no older.
///
/// @param path what is to be sent
/// @param size in bytes
/// @param current its tag, of size and time, and when it was changed
/// @param type of the content
/// @param coding in which it is, or null
/// @param varies whether other clients get it in another coding
record StoredFile(
    Path path,
    long size,
    Preconditions.Current current,
    String type,
    @Nullable String coding,
    boolean varies) {
  private static final String IDENTITY = "identity";
  private static final Map<String, String> SUFFIXES = new LinkedHashMap<>();

  static {
    SUFFIXES.put("br", ".br");
    SUFFIXES.put("zstd", ".zst");
    SUFFIXES.put("gzip", ".gz");
  }

  /// Looks at a file and its neighbours. Blocks.
  ///
  /// @param request whose Accept-Encoding counts
  /// @return null if it is no file that can be read
  static @Nullable StoredFile find(Path file, Headers request) throws IOException {
    try {
      var facts = Files.readAttributes(file, BasicFileAttributes.class);
      return facts.isRegularFile() ? choose(file, facts, request) : null;
    } catch (FileSystemException _) {
      return null;
    }
  }

  private static StoredFile choose(Path file, BasicFileAttributes facts, Headers request)
      throws IOException {
    var offered = new ArrayList<String>();
    for (var coding : SUFFIXES.entrySet()) {
      if (isThere(beside(file, coding.getValue()), facts.lastModifiedTime())) {
        offered.add(coding.getKey());
      }
    }
    boolean varies = offered.size() > 0;
    offered.add(IDENTITY);
    var best =
        varies && request.contains(HeaderName.ACCEPT_ENCODING)
            ? Preferences.of(request, HeaderName.ACCEPT_ENCODING).bestOf(offered)
            : null;
    var suffix = best == null ? null : SUFFIXES.get(best);
    return suffix == null
        ? of(file, facts, FileTypes.of(file), null, varies)
        : coded(beside(file, suffix), FileTypes.of(file), String.valueOf(best));
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /// Programs that compress give their files the time of the original, some in whole seconds.
  private static boolean isThere(Path file, FileTime notBefore) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.getLastModifiedTime(file).to(SECONDS) >= notBefore.to(SECONDS);
  }

  private static StoredFile coded(Path file, String type, String coding) throws IOException {
    var facts = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return of(file, facts, type, coding, true);
  }

  private static StoredFile of(
      Path file, BasicFileAttributes facts, String type, @Nullable String coding, boolean varies) {
    var modified = facts.lastModifiedTime().toInstant();
    var version =
        Long.toHexString(modified.getEpochSecond())
            + Integer.toHexString(modified.getNano())
            + "-"
            + Long.toHexString(facts.size())
            + (coding == null ? "" : "-" + coding);
    var current = new Preconditions.Current(new EntityTag(version, false), modified);
    return new StoredFile(file, facts.size(), current, type, coding, varies);
  }
}
