// SPDX-License-Identifier: Apache-2.0
package tulip.bench.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Netty's codec on one event loop with epoll: callbacks on connections that are there already,
/// without a pool, cookies, redirections, timeouts or decoding.
@SuppressWarnings("FutureReturnValueIgnored") // a connection that fails never counts down
final class NettyClient {
  private static final int LARGEST = 1 << 20;

  private final URI url;
  private CountDownLatch left = new CountDownLatch(0);
  private int quota;

  private NettyClient(URI url) {
    this.url = url;
  }

  /// Words as [Rounds] has them.
  public static void main(String[] words) throws Exception {
    var client = new NettyClient(URI.create(Rounds.url(words)));
    var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    try {
      var bootstrap =
          new Bootstrap()
              .group(group)
              .channel(EpollSocketChannel.class)
              .handler(client.new Pipeline());
      var talks = new Talk[Rounds.CONNECTIONS];
      for (int i = 0; i < talks.length; i++) {
        var channel =
            bootstrap.connect(client.url.getHost(), client.url.getPort()).sync().channel();
        talks[i] = channel.pipeline().get(Talk.class);
      }
      Rounds.measure(words, requests -> client.load(talks, requests));
    } finally {
      group.shutdownGracefully();
    }
  }

  private void load(Talk[] talks, int requests) throws InterruptedException {
    left = new CountDownLatch(talks.length);
    quota = requests / talks.length;
    for (var talk : talks) {
      talk.begin();
    }
    left.await();
  }

  private final class Pipeline extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      channel
          .pipeline()
          .addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST), new Talk());
    }
  }

  /// One request after the other.
  private final class Talk extends SimpleChannelInboundHandler<FullHttpResponse> {
    private @Nullable ChannelHandlerContext context;
    private int rest;

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
      context = added;
    }

    void begin() {
      var added = Objects.requireNonNull(context);
      added
          .executor()
          .execute(() -> {
            rest = quota;
            ask(added);
          });
    }

    private void ask(ChannelHandlerContext context) {
      var request =
          new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, url.getRawPath());
      request
          .headers()
          .set(HttpHeaderNames.HOST, url.getAuthority())
          .set(HttpHeaderNames.USER_AGENT, "netty")
          .set(HttpHeaderNames.ACCEPT, "*/*");
      context.writeAndFlush(request, context.voidPromise());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      if (!response.status().equals(HttpResponseStatus.OK) || !response.content().isReadable()) {
        context.close();
      } else if (--rest > 0) {
        ask(context);
      } else {
        left.countDown();
      }
    }
  }
}
