// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.http.coding.ContentCoding;
import tulip.http.coding.Encoder;

/// The bodies of responses in a content coding: what is in memory at once, so that its length is
/// known, the rest while it is sent. Large pieces are encoded outside of the loop.
final class EncodedBody {
  /// Encoding more than this would hold up the loop for a millisecond or two.
  private static final int LARGE = 32 * 1024;

  private EncodedBody() {}

  static Body of(Body plain, ContentCoding coding) {
    return switch (plain) {
      case Body.Whole whole -> new Body.Whole(encode(whole.bytes(), coding));
      case Body.Streamed streamed ->
          new Body.Streamed(-1, sink -> encode(streamed.writer(), coding, sink));
      case Body.FilePart part -> new Body.Streamed(-1, sink -> encode(part::copyTo, coding, sink));
      case Body.Switched none -> none;
    };
  }

  private static Bytes encode(Bytes plain, ContentCoding coding) {
    try (var encoder = coding.encoder()) {
      return Bytes.concat(encode(plain, encoder), encoder.end());
    }
  }

  private static Bytes encode(Bytes plain, Encoder encoder) {
    return plain.length() > LARGE
        ? Tulip.blocking(() -> encoder.encode(plain))
        : encoder.encode(plain);
  }

  private static void encode(Response.Writer writer, ContentCoding coding, BodySink target)
      throws Exception {
    try (var encoder = coding.encoder()) {
      var sink = new BodySink(new Encoding(encoder, target));
      try {
        writer.write(sink);
      } finally {
        sink.close();
      }
      target.write(encoder.end());
    }
  }

  private record Encoding(Encoder encoder, BodySink target) implements PieceSink {
    @Override
    public void sendPiece(Bytes piece) throws IOException {
      send(encode(piece, encoder));
    }

    @Override
    public void flush() throws IOException {
      send(encoder.flush());
      target.flush();
    }

    /// Most pieces give nothing to send yet.
    private void send(Bytes encoded) throws IOException {
      if (!encoded.isEmpty()) {
        target.write(encoded);
      }
    }
  }
}
