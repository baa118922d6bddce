// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.http.coding.ContentCoding;
import tulip.http.coding.Encoder;
import tulip.http.protocol.Headers;

/// A body that is encoded while it is sent.
record EncodedPayload(Payload plain, ContentCoding coding) implements Payload {
  /// What is in memory is encoded there, so that its length is known.
  static Payload of(Payload plain, ContentCoding coding) {
    if (!(plain instanceof WholePayload whole)) {
      return new EncodedPayload(plain, coding);
    }
    try (var encoder = coding.encoder()) {
      var encoded = Bytes.concat(encoder.encode(whole.content()), encoder.end());
      return new WholePayload(whole.contentType(), encoded);
    }
  }

  @Override
  public @Nullable String contentType() {
    return plain.contentType();
  }

  @Override
  public long length() {
    return -1;
  }

  @Override
  public boolean isRepeatable() {
    return plain.isRepeatable();
  }

  @Override
  public void write(PayloadSink sink) throws IOException {
    try (var encoder = coding.encoder()) {
      plain.write(new EncodingSink(encoder, sink));
      sink.write(encoder.end());
    }
  }

  private record EncodingSink(Encoder encoder, PayloadSink sink) implements PayloadSink {
    @Override
    public void write(Bytes piece) throws IOException {
      sink.write(encoder.encode(piece));
    }

    @Override
    public void trailers(Headers trailers) {
      sink.trailers(trailers);
    }
  }
}
