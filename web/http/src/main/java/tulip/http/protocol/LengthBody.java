// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import tulip.bytes.ByteQueue;

/// A body as long as the head says.
final class LengthBody extends BodyReader {
  private final long length;

  LengthBody(long length, long limit) {
    super(limit);
    this.length = length;
  }

  @Override
  HttpEvent read(ByteQueue input, boolean ended) throws ProtocolException {
    long rest = length - received();
    if (rest == 0) {
      return HttpEvent.End.PLAIN;
    }
    checkLength(rest);
    return data(input, ended, rest);
  }
}
