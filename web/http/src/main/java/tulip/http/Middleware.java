// SPDX-License-Identifier: Apache-2.0
package tulip.http;

/// What stands around a handler, as the layers of an onion: it sees the request before the handler
/// and the response after it, and may change either, answer itself, or deal with what is thrown.
///
/// ```java
/// app.use((request, next) -> next.handle(request).header("X-Frame-Options", "DENY"));
/// ```
@FunctionalInterface
public interface Middleware {
  /// Answers one request.
  ///
  /// @param next the layer inside, or the handler. What is not found or not allowed comes out of it
  ///   as an [HttpError]
  /// @throws Exception as [Handler#handle]
  Response handle(Request request, Handler next) throws Exception;
}
