// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.MalformedException;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Status;

/// Finds out who answers a request, in an application that is complete.
final class Router implements Handler {
  private final List<VirtualHost> hosts;
  private final RouteTree tree;

  Router(List<VirtualHost> hosts, RouteTree tree) {
    this.hosts = hosts;
    this.tree = tree;
  }

  @Override
  public Response handle(Request request) throws Exception {
    for (var host : hosts) {
      if (host.matches(request.authority())) {
        return host.handler().handle(request);
      }
    }
    if (request.rawPath().equals("*")) {
      return Response.empty(Status.NO_CONTENT);
    }
    var search = new RouteSearch(request);
    var handler = find(search, request);
    if (handler != null) {
      return handler.handle(request);
    }
    var allowed = search.allowed();
    if (allowed == null) {
      throw new HttpError(Status.NOT_FOUND);
    }
    if (request.method().name().equals("OPTIONS")) {
      return Response.empty(Status.NO_CONTENT).header(HeaderName.ALLOW, allowed);
    }
    throw new HttpError(Status.METHOD_NOT_ALLOWED).header("Allow", allowed);
  }

  private @Nullable Handler find(RouteSearch search, Request request) {
    try {
      return search.find(tree, request.mountedAt() + 1);
    } catch (MalformedException e) {
      throw HttpError.of(Status.BAD_REQUEST, e);
    }
  }
}
