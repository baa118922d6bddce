// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.coding.ContentCoding;
import tulip.http.coding.DecodedSource;
import tulip.http.protocol.Headers;

/// A response's body whose content coding is undone while it is read.
final class DecodedBody implements ResponseBody {
  private final ResponseBody coded;
  private final DecodedSource decoded;

  DecodedBody(ResponseBody coded, ContentCoding coding) {
    this.coded = coded;
    decoded = new DecodedSource(coded::read, coding, this::complain);
  }

  private void complain(MalformedException why) throws ContentException {
    close();
    throw new ContentException(String.valueOf(why.getMessage()), why);
  }

  @Override
  public @Nullable Bytes read() throws IOException {
    return decoded.read();
  }

  @Override
  public Headers trailers() {
    return coded.trailers();
  }

  @Override
  public void close() {
    decoded.close();
    coded.close();
  }
}
