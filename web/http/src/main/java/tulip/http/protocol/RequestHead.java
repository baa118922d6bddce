// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import org.jspecify.annotations.Nullable;

/// How a request begins.
///
/// @param method what to do
/// @param target with what
/// @param version what the client speaks
/// @param headers more about it
public record RequestHead(Method method, RequestTarget target, Version version, Headers headers)
    implements HttpEvent {

  /// A request of HTTP/1.1.
  ///
  /// @param method what to do
  /// @param target in the form that the method asks for, usually a path
  /// @param headers more about it; a `Host` is needed
  /// @throws IllegalArgumentException if the target has another form
  public static RequestHead of(Method method, String target, Headers headers) {
    return new RequestHead(method, RequestTarget.parse(method, target), Version.HTTP_1_1, headers);
  }

  /// Whom the request is for: what the target says, else the `Host` field (RFC 9112, section 3.3).
  /// Never ask the field alone, for a target that names a host goes before it.
  ///
  /// @return null if HTTP/1.0 or a head that was put together by hand does not say
  public @Nullable Authority authority() {
    return switch (target) {
      case RequestTarget.Absolute absolute -> absolute.authority();
      case RequestTarget.Tunnel tunnel -> tunnel.authority();
      case RequestTarget.Origin _, RequestTarget.Asterisk _ -> {
        var host = headers.first(HeaderName.HOST);
        yield host == null ? null : Authority.parse(host);
      }
    };
  }
}
