// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// A body in memory.
record WholePayload(@Nullable String contentType, Bytes content) implements Payload {
  @Override
  public long length() {
    return content.length();
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public void write(PayloadSink sink) throws IOException {
    sink.write(content);
  }

  @Override
  public String toString() {
    return content.length() + " bytes of " + contentType;
  }
}
