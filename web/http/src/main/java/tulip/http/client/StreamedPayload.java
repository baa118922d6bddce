// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;

/// A body that is made while it is sent.
record StreamedPayload(String contentType, long length, boolean isRepeatable, Writer writer)
    implements Payload {
  StreamedPayload {
    if (length < -1) {
      throw new IllegalArgumentException("a body of " + length + " bytes");
    }
  }

  @Override
  public void write(PayloadSink sink) throws IOException {
    writer.write(sink);
  }
}
