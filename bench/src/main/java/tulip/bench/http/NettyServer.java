// SPDX-License-Identifier: Apache-2.0
package tulip.bench.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Netty's end of a kept connection: its codec in a channel that is in memory.
@State(Scope.Thread)
public class NettyServer {
  private final EmbeddedChannel channel = new EmbeddedChannel(new HttpServerCodec());

  /// Receives one request.
  Object request(byte[] bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    Object head = channel.readInbound();
    ReferenceCountUtil.release(channel.readInbound());
    return head;
  }

  /// Sends one response.
  int response() {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(Messages.JSON));
    response
        .headers()
        .set(HttpHeaderNames.SERVER, Messages.SERVER)
        .set(HttpHeaderNames.DATE, Messages.DATE)
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, Messages.JSON.length);
    channel.writeOutbound(response);
    int size = 0;
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      size += part.readableBytes();
      part.release();
    }
    return size;
  }
}
