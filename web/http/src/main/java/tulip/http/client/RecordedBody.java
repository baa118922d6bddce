// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.http.protocol.Headers;

/// A body of which a copy is made while it is read, if it is not too large.
final class RecordedBody implements ResponseBody {
  private final ResponseBody body;
  private final int limit;
  private final Consumer<Bytes> whenWhole;
  private @Nullable ByteWriter copy;

  /// @param whenWhole gets the copy, when all was read
  RecordedBody(ResponseBody body, int limit, Consumer<Bytes> whenWhole) {
    this.body = body;
    this.limit = limit;
    this.whenWhole = whenWhole;
    copy = new ByteWriter(Math.max(1, limit));
  }

  @Override
  public @Nullable Bytes read() throws IOException {
    var piece = body.read();
    var soFar = copy;
    if (soFar != null) {
      if (piece == null) {
        copy = null;
        whenWhole.accept(soFar.toBytes());
      } else if (piece.length() > limit - soFar.size()) {
        copy = null;
      } else {
        soFar.put(piece);
      }
    }
    return piece;
  }

  @Override
  public Headers trailers() {
    return body.trailers();
  }

  @Override
  public void close() {
    copy = null;
    body.close();
  }
}
