// SPDX-License-Identifier: Apache-2.0

/// HTTP servers and web applications, in straight-line code: a handler takes a request, may wait,
/// and returns a response.
///
/// Reading order: [tulip.http.WebApp] is what applications are made of, [tulip.http.Request] and
/// [tulip.http.Response] what their handlers see, [tulip.http.HttpServer] the server below, with
/// [tulip.http.HttpServerOptions].
///
/// Inside: `ServerDriver` joins a connection's stream to [tulip.http.protocol.ServerConnection],
/// `RequestBody` and `ResponseSender` are its two directions. `Router`, `RouteTree` and
/// `RouteSearch` find the handler.
package tulip.http;
