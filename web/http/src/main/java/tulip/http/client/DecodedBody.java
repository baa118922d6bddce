// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.coding.ContentCoding;
import tulip.http.coding.Decoder;
import tulip.http.protocol.Headers;

/// A body whose content coding is undone while it is read.
final class DecodedBody implements ResponseBody {
  private final ResponseBody coded;
  private final Decoder decoder;
  private boolean ended;

  DecodedBody(ResponseBody coded, ContentCoding coding) {
    this.coded = coded;
    decoder = coding.decoder();
  }

  @Override
  public @Nullable Bytes read() throws IOException {
    try {
      while (!ended) {
        var piece = decoder.take();
        if (piece != null) {
          return piece;
        }
        var more = coded.read();
        if (more == null) {
          ended = true;
          decoder.end();
          decoder.close();
        } else {
          decoder.put(more);
        }
      }
      return null;
    } catch (MalformedException e) {
      close();
      throw new ContentException(e.getMessage() == null ? "bad coding" : e.getMessage(), e);
    }
  }

  @Override
  public Headers trailers() {
    return coded.trailers();
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      decoder.close();
    }
    coded.close();
  }
}
