// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import tulip.bytes.Bytes;

/// Where the pieces of a streamed body go: to the client, or through a content coding first.
interface PieceSink {
  void sendPiece(Bytes piece) throws IOException;

  void flush() throws IOException;
}
