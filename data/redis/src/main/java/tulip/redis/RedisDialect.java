// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.core.ErrorContext;
import tulip.core.EventLoop;
import tulip.pipelining.Call;
import tulip.pipelining.Dialect;
import tulip.redis.protocol.Reply;
import tulip.redis.protocol.RespDecoder;
import tulip.redis.protocol.RespFormatException;
import tulip.redis.protocol.RespLimits;

/// What comes on a connection: replies, and what the server says by itself.
final class RedisDialect implements Dialect<Reply> {
  /// The kind of a push that is a line of MONITOR.
  static final Reply.SimpleString MONITOR = new Reply.SimpleString("monitor");

  private final RespDecoder decoder;

  /// Is told what the server says by itself.
  Consumer<? super Reply.Push> onPush = _ -> {};

  /// Whether messages of channels are arrays like any other, as they are in RESP2.
  boolean messagesAreArrays;

  /// Whether lines that nobody has asked for are those of MONITOR.
  boolean monitoring;

  RedisDialect(RespLimits limits) {
    decoder = new RespDecoder(limits);
  }

  @Override
  public @Nullable Reply decode(ByteQueue input) throws IOException {
    try {
      return decoder.decode(input);
    } catch (RespFormatException e) {
      throw (IOException)
          new ProtocolException("the server does not keep to the protocol: " + e.getMessage())
              .initCause(e);
    }
  }

  @Override
  public boolean takeUnasked(Reply reply, @Nullable Call<Reply> next) {
    if (monitoring && next == null && reply instanceof Reply.SimpleString) {
      tell(new Reply.Push(List.of(MONITOR, reply)));
      return true;
    }
    boolean subscribing = next instanceof Exchange exchange && exchange.subscribing;
    var push = Pushes.of(reply, messagesAreArrays, subscribing);
    if (push != null) {
      tell(push);
    }
    return push != null;
  }

  private void tell(Reply.Push push) {
    try {
      onPush.accept(push);
    } catch (RuntimeException e) {
      EventLoop.current()
          .callExceptionHandler(new ErrorContext("a listener of pushes failed", e, onPush));
    }
  }

  @Override
  public IOException failure(String what, boolean maybeExecuted, @Nullable IOException cause) {
    return new RedisConnectionException(what, maybeExecuted, cause);
  }
}
