// SPDX-License-Identifier: Apache-2.0
package tulip.http.brotli;

import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import com.aayushatharva.brotli4j.decoder.DecoderJNI.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.coding.Decoder;

/// br: one stream (RFC 7932).
final class BrotliDecoder implements Decoder {
  private static final int INPUT = 8 * 1024;
  private static final int PIECE = 32 * 1024;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final DecoderJNI.Wrapper library;
  private Bytes input = Bytes.EMPTY;

  /// What was decoded already: of the library's memory, good until it is asked for more.
  private ByteBuffer output = NOTHING;

  private boolean begun;
  private boolean closed;

  BrotliDecoder() {
    try {
      library = new DecoderJNI.Wrapper(INPUT);
    } catch (IOException e) {
      throw new UncheckedIOException("there is no decoder of Brotli to be had", e);
    }
  }

  @Override
  public void put(Bytes coded) {
    input = Bytes.concat(input, coded);
    begun |= !coded.isEmpty();
  }

  @Override
  public @Nullable Bytes take() throws MalformedException {
    while (!output.hasRemaining()) {
      if (library.hasOutput()) {
        output = library.pull();
      } else if (!advance()) {
        return null;
      }
    }
    var piece = output.slice(output.position(), Math.min(PIECE, output.remaining()));
    output.position(output.position() + piece.remaining());
    return Bytes.copyOf(piece);
  }

  /// Has the library go on.
  ///
  /// @return false if it cannot without more input
  private boolean advance() throws MalformedException {
    switch (library.getStatus()) {
      case OK -> library.push(0);
      case NEEDS_MORE_OUTPUT -> output = library.pull();
      case NEEDS_MORE_INPUT -> {
        return feed();
      }
      case DONE -> {
        if (!input.isEmpty()) {
          throw new MalformedException("something stands behind the end of the Brotli body");
        }
        return false;
      }
      case ERROR -> throw new MalformedException("the body is not in Brotli's format");
    }
    return true;
  }

  /// @return false if there is nothing to feed it with
  private boolean feed() {
    int n = Math.min(INPUT, input.length());
    if (n > 0) {
      library.getInputBuffer().clear().put(input.slice(0, n).asByteBuffer());
      input = input.slice(n);
      library.push(n);
    }
    return n > 0;
  }

  @Override
  public void end() throws MalformedException {
    if (begun && library.getStatus() != Status.DONE) {
      throw new MalformedException("the end of the Brotli body is missing");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      output = NOTHING;
      library.destroy();
    }
  }
}
