// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.MalformedException;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Method;
import tulip.http.protocol.RequestHead;
import tulip.http.protocol.Status;
import tulip.http.protocol.Version;

/// How a server answers a request for a WebSocket (RFC 6455, section 4.2).
///
/// @param response the fields of `101 Switching Protocols`, without Connection and Upgrade
/// @param subprotocol what both ends will speak, or null
/// @param deflate how they will compress, or null
public record ServerHandshake(
    Headers response, @Nullable String subprotocol, @Nullable DeflateParameters deflate) {
  private static final String VERSION = "13";
  private static final Headers HOW =
      Headers.of("Upgrade", "websocket", "Sec-WebSocket-Version", VERSION);

  /// Whether a request asks for a WebSocket at all.
  public static boolean isRequested(RequestHead request) {
    return containsIgnoringCase(request.headers().list(HeaderName.UPGRADE), "websocket")
        && containsIgnoringCase(request.headers().list(HeaderName.CONNECTION), "upgrade");
  }

  /// Answers a request. Whether its origin is welcome is another question.
  ///
  /// @param subprotocols what the server speaks, the best first; of those that the client offers,
  ///   the first of these is chosen
  /// @param options for compression; null for none
  /// @throws HandshakeException if it cannot be answered with yes; it says how then
  public static ServerHandshake answer(
      RequestHead request, List<String> subprotocols, @Nullable DeflateOptions options)
      throws HandshakeException {
    var headers = request.headers();
    check(request);
    var response =
        Headers.builder().add(HeaderName.SEC_WEBSOCKET_ACCEPT, HandshakeKey.accept(key(headers)));
    var subprotocol = choose(subprotocols, headers.list(HeaderName.SEC_WEBSOCKET_PROTOCOL));
    if (subprotocol != null) {
      response.add(HeaderName.SEC_WEBSOCKET_PROTOCOL, subprotocol);
    }
    var offers = extensions(headers);
    var agreement = options == null ? null : DeflateParameters.agree(offers, options);
    if (agreement != null) {
      response.add(HeaderName.SEC_WEBSOCKET_EXTENSIONS, agreement.response());
    }
    return new ServerHandshake(
        response.build(), subprotocol, agreement == null ? null : agreement.parameters());
  }

  private static void check(RequestHead request) throws HandshakeException {
    if (!request.method().equals(Method.GET)) {
      throw new HandshakeException(
          Status.METHOD_NOT_ALLOWED, "a WebSocket begins with GET", Headers.of("Allow", "GET"));
    }
    if (request.version() == Version.HTTP_1_0 || !isRequested(request)) {
      throw new HandshakeException(Status.UPGRADE_REQUIRED, "here is a WebSocket", HOW);
    }
    if (!request.headers().all(HeaderName.SEC_WEBSOCKET_VERSION).equals(List.of(VERSION))) {
      throw new HandshakeException(Status.UPGRADE_REQUIRED, "another version of WebSocket", HOW);
    }
  }

  private static String key(Headers headers) throws HandshakeException {
    var keys = headers.all(HeaderName.SEC_WEBSOCKET_KEY);
    if (keys.size() != 1 || !HandshakeKey.isKey(keys.getFirst())) {
      throw new HandshakeException(Status.BAD_REQUEST, "no Sec-WebSocket-Key of 16 bytes");
    }
    return keys.getFirst();
  }

  private static List<Extension> extensions(Headers headers) throws HandshakeException {
    try {
      return Extension.parse(headers);
    } catch (MalformedException e) {
      throw new HandshakeException(Status.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String choose(List<String> spoken, List<String> offered) {
    for (var subprotocol : spoken) {
      if (offered.contains(subprotocol)) {
        return subprotocol;
      }
    }
    return null;
  }

  static boolean containsIgnoringCase(List<String> list, String wanted) {
    return list.stream().anyMatch(wanted::equalsIgnoreCase);
  }
}
