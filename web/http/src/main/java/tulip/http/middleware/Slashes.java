// SPDX-License-Identifier: Apache-2.0
package tulip.http.middleware;

import tulip.http.Handler;
import tulip.http.HttpError;
import tulip.http.Middleware;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.protocol.Method;
import tulip.http.protocol.Status;

/// Sends clients whose path is not found to the one that was probably meant: with another slash at
/// its end, without the one at its end, or with single slashes within. Permanently, with the same
/// method and query (308).
public enum Slashes implements Middleware {
  /// Routes end in a slash.
  APPEND,
  /// Routes do not end in a slash.
  REMOVE,
  /// The ends of paths are left alone.
  MERGE;

  @Override
  public Response handle(Request request, Handler next) throws Exception {
    try {
      return next.handle(request);
    } catch (HttpError e) {
      var path = request.rawPath();
      var better = improve(path);
      if (!e.status().equals(Status.NOT_FOUND)
          || better.equals(path)
          || request.method().equals(Method.CONNECT)) {
        throw e;
      }
      var query = request.rawQuery();
      return Response.redirect(
          Status.PERMANENT_REDIRECT, query == null ? better : better + "?" + query);
    }
  }

  /// Never begins with two slashes, which would be another host.
  private String improve(String path) {
    var merged = path.replaceAll("//+", "/");
    return switch (this) {
      case APPEND -> merged.endsWith("/") ? merged : merged + "/";
      case REMOVE ->
          merged.endsWith("/") && merged.length() > 1
              ? merged.substring(0, merged.length() - 1)
              : merged;
      case MERGE -> merged;
    };
  }
}
