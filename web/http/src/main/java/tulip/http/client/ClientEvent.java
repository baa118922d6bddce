// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tulip.http.fields.Origin;
import tulip.http.protocol.Status;

/// What happens in a session, for metrics and logs: [ClientOptions#withListener]. What a program
/// wants to know of its request again it keeps there: [ClientRequest#with].
public sealed interface ClientEvent {
  /// An event of one request. Each hop of a redirection is a request of its own.
  sealed interface OfRequest extends ClientEvent {
    /// The request, as it is sent but for Host, length and the like.
    ClientRequest request();
  }

  /// A connection was opened.
  ///
  /// @param origin whom it leads to
  /// @param proxy through which proxy, or null
  /// @param dialled how long looking the name up and connecting took
  /// @param encrypted how long proxy and TLS took
  record Connected(Origin origin, @Nullable ProxyServer proxy, Duration dialled, Duration encrypted)
      implements ClientEvent {}

  /// A request begins; it waits for a connection now.
  record Started(ClientRequest request) implements OfRequest {}

  /// It has a connection.
  ///
  /// @param reused whether another request was on it before
  /// @param waited for how long
  record Acquired(ClientRequest request, boolean reused, Duration waited) implements OfRequest {}

  /// Its head was sent.
  record HeadSent(ClientRequest request) implements OfRequest {}

  /// A piece of its body was sent.
  ///
  /// @param bytes how much
  record BodySent(ClientRequest request, int bytes) implements OfRequest {}

  /// The head of the response is there, or one of 1xx ahead of it.
  ///
  /// @param status of the response
  record HeadReceived(ClientRequest request, Status status) implements OfRequest {}

  /// A piece of the response's body is there.
  ///
  /// @param bytes how much
  record BodyReceived(ClientRequest request, int bytes) implements OfRequest {}

  /// It is sent again, since the connection was of no use any more.
  ///
  /// @param cause what went wrong
  record Repeated(ClientRequest request, Throwable cause) implements OfRequest {}

  /// The response redirects to another URL.
  ///
  /// @param target where to
  record Redirected(ClientRequest request, Url target) implements OfRequest {}

  /// The response has been received to its end.
  ///
  /// @param took how long since the request began
  record Ended(ClientRequest request, Duration took) implements OfRequest {}

  /// There is no response, or no whole one.
  ///
  /// @param cause what went wrong; null if nobody wanted the rest of it
  record Failed(ClientRequest request, @Nullable Throwable cause) implements OfRequest {}
}
