// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The media types of files, by the ends of their names.
final class FileTypes {
  private static final Map<String, String> TYPES = new HashMap<>();

  static {
    add("application", "json", "pdf", "wasm", "xml", "zip");
    add("audio", "flac", "ogg");
    add("font", "otf", "ttf", "woff", "woff2");
    add("image", "avif", "bmp", "gif", "jpeg", "png", "webp");
    add("text", "css", "csv", "html");
    add("video", "mp4", "webm");
    TYPES.put("gz", "application/gzip");
    TYPES.put("htm", "text/html");
    TYPES.put("ico", "image/vnd.microsoft.icon");
    TYPES.put("jpg", "image/jpeg");
    TYPES.put("js", "text/javascript");
    TYPES.put("map", "application/json");
    TYPES.put("md", "text/markdown");
    TYPES.put("mjs", "text/javascript");
    TYPES.put("mp3", "audio/mpeg");
    TYPES.put("svg", "image/svg+xml");
    TYPES.put("txt", "text/plain");
    TYPES.put("wav", "audio/wav");
    TYPES.put("webmanifest", "application/manifest+json");
  }

  private FileTypes() {}

  private static void add(String type, String... subtypes) {
    for (var subtype : subtypes) {
      TYPES.put(subtype, type + "/" + subtype);
    }
  }

  /// The type for a Content-Type field. Text is taken for UTF-8.
  static String of(Path file) {
    var name = String.valueOf(file.getFileName());
    var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    var type = TYPES.getOrDefault(ending, "application/octet-stream");
    return type.startsWith("text/") ? type + "; charset=utf-8" : type;
  }
}
