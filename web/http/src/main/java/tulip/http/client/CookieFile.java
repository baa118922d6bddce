// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;
import tulip.http.fields.Cookie;

/// The file format that Netscape had: a cookie a line, its fields parted by tabs: domain, whether
/// hosts below get it, path, whether it is secure, when it ends in seconds since 1970 (0 with the
/// session), name, value. What pages must not see has `#HttpOnly_` ahead.
final class CookieFile {
  private static final String HEADER = "# Netscape HTTP Cookie File";
  private static final String HTTP_ONLY = "#HttpOnly_";
  private static final int FIELDS = 7;

  private CookieFile() {}

  static void write(Path file, List<StoredCookie> cookies) throws IOException {
    var lines = new ArrayList<String>();
    lines.add(HEADER);
    cookies.forEach(cookie -> lines.add(line(cookie)));
    Tulip.blocking(() -> replace(file, lines));
  }

  private static void replace(Path file, List<String> lines) throws IOException {
    var path = file.toAbsolutePath();
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    var owner = PosixFilePermissions.fromString("rw-------");
    var attributes =
        posix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)}
            : new FileAttribute<?>[0];
    var draft = Files.createTempFile(path.getParent(), "cookies", null, attributes);
    try {
      Files.write(draft, lines, StandardCharsets.ISO_8859_1);
      Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static String line(StoredCookie cookie) {
    var expires = cookie.expires();
    return String.join(
        "\t",
        (cookie.httpOnly() ? HTTP_ONLY : "") + (cookie.hostOnly() ? "" : ".") + cookie.domain(),
        cookie.hostOnly() ? "FALSE" : "TRUE",
        cookie.path(),
        cookie.secure() ? "TRUE" : "FALSE",
        Long.toString(expires == null ? 0 : expires.getEpochSecond()),
        cookie.cookie().name(),
        cookie.cookie().value());
  }

  static List<StoredCookie> read(Path file, Instant now) throws IOException {
    var lines = Tulip.blocking(() -> Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    var cookies = new ArrayList<StoredCookie>();
    for (var line : lines) {
      boolean comment = line.startsWith("#") && !line.startsWith(HTTP_ONLY);
      if (!comment && !line.isBlank()) {
        var cookie = cookie(line, now);
        if (cookie == null) {
          throw new IOException(file + " is no file of cookies: line " + (cookies.size() + 1));
        }
        cookies.add(cookie);
      }
    }
    return cookies;
  }

  private static @Nullable StoredCookie cookie(String line, Instant now) {
    boolean httpOnly = line.startsWith(HTTP_ONLY);
    var fields = (httpOnly ? line.substring(HTTP_ONLY.length()) : line).split("\t", -1);
    if (fields.length != FIELDS || !fields[4].matches("[0-9]{1,12}")) {
      return null;
    }
    var domain = fields[0].startsWith(".") ? fields[0].substring(1) : fields[0];
    long expires = Long.parseLong(fields[4]);
    return new StoredCookie(
        new Cookie(fields[5], fields[6]),
        domain,
        fields[1].equals("FALSE"),
        fields[2],
        fields[3].equals("TRUE"),
        httpOnly,
        now,
        expires == 0 ? null : Instant.ofEpochSecond(expires));
  }
}
