// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.util.Callback;

/// Jetty's core handlers, without servlets; they do not block.
final class JettySite {
  private JettySite() {}

  public static void main(String[] words) throws Exception {
    var server = new Server();
    var connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.setAcceptQueueSize(4096);
    server.addConnector(connector);
    var routes = new PathMappingsHandler();
    routes.addMapping(new ServletPathSpec("/json"), new Json());
    server.setHandler(new Named(routes));
    server.start();
    System.out.println(connector.getLocalPort());
    server.join();
  }

  private static final class Named extends Handler.Wrapper {
    Named(Handler next) {
      super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      response.getHeaders().put(HttpHeader.SERVER, "jetty");
      return super.handle(request, response, callback);
    }
  }

  private static final class Json extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, Site.JSON_TYPE);
      Content.Sink.write(response, true, Site.JSON, callback);
      return true;
    }
  }
}
