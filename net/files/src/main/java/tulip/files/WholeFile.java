// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.core.Tulip;

/// Files that are read or written in one go: small ones, which most are, in one hop to the pool.
final class WholeFile {
  private WholeFile() {}

  static Bytes read(Path path, int limit) throws IOException {
    var small = Tulip.blocking(() -> readIfSmall(path, limit));
    if (small != null) {
      return small;
    }
    try (var file = AsyncFile.open(path)) {
      return file.readAll(limit);
    }
  }

  private static @Nullable Bytes readIfSmall(Path path, int limit) throws IOException {
    try (var channel = FileChannel.open(path)) {
      var whole = new Whole(path, limit);
      long size = channel.size();
      if (size < Slices.HOP) {
        whole.expect(size);
      }
      while (size < Slices.HOP) {
        if (Slices.read(channel, whole.room(), whole.size()) < 0) {
          return whole.toBytes();
        }
        whole.check();
        size = whole.size();
      }
      return null;
    }
  }

  static String readString(Path path, int limit, Charset charset) throws IOException {
    var bytes = read(path, limit);
    return bytes.length() <= Slices.SLICE
        ? decode(bytes, charset)
        : Tulip.blocking(() -> decode(bytes, charset));
  }

  private static String decode(Bytes bytes, Charset charset) throws CharacterCodingException {
    return charset.newDecoder().decode(bytes.asByteBuffer()).toString();
  }

  static void write(Path path, ByteBuffer bytes, OpenOption... options) throws IOException {
    var how = toWrite(options);
    if (bytes.remaining() > Slices.HOP) {
      try (var file = AsyncFile.open(path, how)) {
        file.write(bytes);
      }
      return;
    }
    Tulip.blocking(() -> {
      try (var channel = FileChannel.open(path, how)) {
        Slices.append(channel, bytes);
      }
    });
  }

  static void writeString(Path path, String text, Charset charset, OpenOption... options)
      throws IOException {
    var bytes =
        text.length() <= Slices.SLICE
            ? encode(text, charset)
            : Tulip.blocking(() -> encode(text, charset));
    write(path, bytes, options);
  }

  private static ByteBuffer encode(String text, Charset charset) throws CharacterCodingException {
    return charset.newEncoder().encode(CharBuffer.wrap(text));
  }

  /// Options to write a file with, as `Files.newOutputStream` understands them.
  static Set<OpenOption> toWrite(OpenOption... options) {
    if (options.length == 0) {
      return Set.of(CREATE, TRUNCATE_EXISTING, WRITE);
    }
    var how = new HashSet<>(Set.of(options));
    how.add(WRITE);
    return how;
  }
}
