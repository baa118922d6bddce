// SPDX-License-Identifier: Apache-2.0
package tulip.bench.http;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tulip.bytes.BufferPool;
import tulip.bytes.ByteQueue;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.HttpEvent;
import tulip.http.protocol.ProtocolException;
import tulip.http.protocol.ResponseHead;
import tulip.http.protocol.ServerConnection;
import tulip.http.protocol.Status;

/// Our end of a kept connection.
@State(Scope.Thread)
public class TulipServer {
  private static final Bytes BODY = Bytes.copyOf(Messages.JSON);

  private final ByteQueue input = new ByteQueue(1 << 16, new BufferPool(1 << 14, 1));
  private final ByteWriter out = new ByteWriter(1 << 16);
  private final ServerConnection connection = new ServerConnection();

  /// Receives one request.
  HttpEvent request(byte[] bytes) throws ProtocolException {
    input.put(bytes);
    var head = connection.receive(input);
    connection.receive(input);
    return head;
  }

  /// Sends one response, with fields that were put together for it.
  int response() {
    var headers =
        Headers.builder()
            .add(HeaderName.SERVER, Messages.SERVER)
            .add(HeaderName.DATE, Messages.DATE)
            .add(HeaderName.CONTENT_TYPE, "application/json")
            .build();
    connection.send(ResponseHead.of(Status.OK, headers), BODY, out);
    int size = out.size();
    out.clear();
    return size;
  }
}
