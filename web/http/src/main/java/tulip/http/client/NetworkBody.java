// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.http.protocol.Headers;
import tulip.http.protocol.HttpEvent;

/// The body of a response as it comes from its connection. Nothing is received ahead of its reader
/// beyond the stream's buffer, so that a server sends no faster than the program reads.
final class NetworkBody implements ResponseBody {
  private final Exchange exchange;

  /// How long it will be, or -1 if nobody knows.
  private final long length;

  private Headers trailers = Headers.EMPTY;
  private long received;
  private boolean ended;

  NetworkBody(Exchange exchange, long length) {
    this.exchange = exchange;
    this.length = length;
  }

  @Override
  public @Nullable Bytes read() throws IOException {
    return ended ? null : take(exchange.receive());
  }

  private @Nullable Bytes take(HttpEvent event) {
    switch (event) {
      case HttpEvent.Data data -> {
        tell(data.bytes().length());
        return data.bytes();
      }
      case HttpEvent.End end -> {
        trailers = end.trailers();
        ended = true;
        exchange.complete();
      }
      default -> { // what follows is no body
        ended = true;
        exchange.abandon();
      }
    }
    return null;
  }

  private void tell(int bytes) {
    received += bytes;
    var progress = exchange.request().downloadProgress();
    if (progress != null) {
      progress.at(received, length);
    }
    exchange.events().tell(() -> new ClientEvent.BodyReceived(exchange.request(), bytes));
  }

  @Override
  public Headers trailers() {
    return trailers;
  }

  /// If the rest has come already the connection is still good.
  @Override
  public void close() {
    while (!ended) {
      var event = exchange.tryReceive();
      if (event == null) {
        ended = true;
        exchange.abandon();
        exchange.events().tell(() -> new ClientEvent.Failed(exchange.request(), null));
      } else {
        take(event);
      }
    }
  }
}
