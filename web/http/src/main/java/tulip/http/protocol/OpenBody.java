// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import tulip.bytes.ByteQueue;

/// A body that ends with the connection. If the connection broke, nobody knows.
final class OpenBody extends BodyReader {
  OpenBody(long limit) {
    super(limit);
  }

  @Override
  HttpEvent read(ByteQueue input, boolean ended) throws ProtocolException {
    return ended && input.isEmpty() ? HttpEvent.End.PLAIN : data(input, ended, Long.MAX_VALUE);
  }
}
