// SPDX-License-Identifier: Apache-2.0
package tulip.files;

import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// How text is read and written.
///
/// @param charset UTF-8 if nothing else is said
/// @param onError what becomes of bytes that are no text, and of text that the charset has no bytes
///   for; if nothing else is said, a `CharacterCodingException`
/// @param blockSize how much is read or written in one hop to the pool: in bytes, or for writing in
///   characters; 64 KiB
/// @param lineLimit how many characters a line may have; 1 Mi
public record TextOptions(
    Charset charset, CodingErrorAction onError, int blockSize, int lineLimit) {
  /// What is used when nothing is said.
  public static final TextOptions DEFAULT =
      new TextOptions(StandardCharsets.UTF_8, CodingErrorAction.REPORT, 64 * 1024, 1 << 20);

  /// Checks the limits.
  public TextOptions {
    if (blockSize < 16) {
      throw new IllegalArgumentException("a block needs 16 bytes at least: " + blockSize);
    }
    if (lineLimit < 1) {
      throw new IllegalArgumentException("a line needs room: " + lineLimit);
    }
  }

  /// The same with another charset.
  public TextOptions withCharset(Charset charset) {
    return new TextOptions(charset, onError, blockSize, lineLimit);
  }

  /// The same with another answer to what cannot be decoded or encoded.
  public TextOptions withOnError(CodingErrorAction onError) {
    return new TextOptions(charset, onError, blockSize, lineLimit);
  }

  /// The same with blocks of another size.
  public TextOptions withBlockSize(int blockSize) {
    return new TextOptions(charset, onError, blockSize, lineLimit);
  }

  /// The same with another limit of a line's length.
  public TextOptions withLineLimit(int lineLimit) {
    return new TextOptions(charset, onError, blockSize, lineLimit);
  }
}
