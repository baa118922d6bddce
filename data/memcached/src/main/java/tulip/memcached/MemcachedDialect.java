// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import java.io.IOException;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.MalformedException;
import tulip.memcached.protocol.Reply;
import tulip.memcached.protocol.ReplyDecoder;
import tulip.pipelining.Dialect;
import tulip.pool.ConnectionLostException;

/// What comes on a connection.
final class MemcachedDialect implements Dialect<Reply> {
  private final ReplyDecoder decoder;
  private final Runnable onLoss;

  /// Behind it nobody knows which reply belongs to which request.
  private Reply.@Nullable Failure misunderstanding;

  /// @param onLoss is told once that the connection is lost
  MemcachedDialect(int largestValue, Runnable onLoss) {
    decoder = new ReplyDecoder(largestValue);
    this.onLoss = onLoss;
  }

  @Override
  public @Nullable Reply decode(ByteQueue input) throws IOException {
    if (misunderstanding != null) {
      throw new ProtocolException("the server did not understand: " + misunderstanding);
    }
    try {
      var reply = decoder.decode(input);
      if (reply instanceof Reply.Failure failure && !failure.isInStep()) {
        misunderstanding = failure;
      }
      return reply;
    } catch (MalformedException e) {
      throw (IOException) new ProtocolException(e.getMessage()).initCause(e);
    }
  }

  @Override
  public IOException failure(String what, boolean maybeExecuted, @Nullable IOException cause) {
    return new ConnectionLostException(what, maybeExecuted, cause);
  }

  @Override
  public void lost() {
    onLoss.run();
  }
}
