// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// Netty's codec on one event loop with its native epoll, and next to nothing around it: no router
/// but a comparison.
final class NettySite {
  private static final ByteBuf JSON =
      Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(Site.JSON.getBytes(US_ASCII)));

  private NettySite() {}

  public static void main(String[] words) throws InterruptedException {
    var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    var answers = new Answers();
    var _ = group.scheduleAtFixedRate(answers::keepDate, 0, 1, TimeUnit.SECONDS);
    var channel =
        new ServerBootstrap()
            .group(group)
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel each) {
                    each.pipeline().addLast(new HttpServerCodec(), answers);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    System.out.println(((InetSocketAddress) channel.localAddress()).getPort());
    channel.closeFuture().sync();
  }

  @io.netty.channel.ChannelHandler.Sharable
  @SuppressWarnings("FutureReturnValueIgnored") // who fails is told in exceptionCaught
  private static final class Answers extends SimpleChannelInboundHandler<HttpObject> {
    private volatile String date = Site.date();

    void keepDate() {
      date = Site.date();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
      if (message instanceof HttpRequest request) {
        boolean found = request.uri().equals("/json");
        var response =
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                found ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND,
                found ? JSON.duplicate() : Unpooled.EMPTY_BUFFER);
        response
            .headers()
            .set(HttpHeaderNames.SERVER, "netty")
            .set(HttpHeaderNames.DATE, date)
            .set(HttpHeaderNames.CONTENT_TYPE, Site.JSON_TYPE)
            .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        context.write(response, context.voidPromise());
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
