// SPDX-License-Identifier: Apache-2.0
package tulip.http.raw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// A folder of raw requests: the one that the system property `tulip.corpus` names, or a small one
/// that shows the format, which `docs/conformance-http.md` tells.
public final class Corpus {
  private static final byte CR = '\r';

  private Corpus() {}

  /// All of the folder's cases, in the order of their paths.
  public static List<RawCase> cases() {
    var folder = folder();
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".http") || file.toString().endsWith(".raw"))
          .sorted()
          .map(file -> read(folder, file))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    var named = System.getProperty("tulip.corpus");
    try {
      return named != null
          ? Path.of(named)
          : Path.of(Objects.requireNonNull(Corpus.class.getResource("corpus")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RawCase read(Path folder, Path file) {
    try {
      var name = folder.relativize(file);
      return new RawCase(name.toString(), expected(name, file), List.of(content(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("in " + file, e);
    }
  }

  private static String expected(Path name, Path file) throws IOException {
    var beside = file.resolveSibling(file.getFileName() + ".expected");
    if (Files.exists(beside)) {
      return Files.readString(beside).strip();
    }
    for (var part : name) {
      if (part.toString().equals(RawCase.VALID) || part.toString().equals(RawCase.INVALID)) {
        return part.toString();
      }
    }
    return "";
  }

  /// As it is; but if it has escapes for its line ends, it is text.
  private static byte[] content(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.indexOf(CR) < 0 && text.contains("\\r\\n")
        ? RawText.parsePlain(text.replace("\n", ""))
        : bytes;
  }
}
