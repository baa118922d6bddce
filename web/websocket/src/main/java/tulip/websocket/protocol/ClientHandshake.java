// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Method;
import tulip.http.protocol.RequestHead;
import tulip.http.protocol.ResponseHead;

/// How a client asks for a WebSocket, and understands the answer (RFC 6455, section 4.1).
public final class ClientHandshake {
  private final String key;
  private final List<String> subprotocols;
  private final @Nullable DeflateOptions options;

  /// What both ends have agreed on.
  ///
  /// @param subprotocol what they will speak, or null
  /// @param deflate how they will compress, or null
  public record Agreement(@Nullable String subprotocol, @Nullable DeflateParameters deflate) {}

  /// A handshake.
  ///
  /// @param nonce 16 bytes of chance
  /// @param subprotocols what the client speaks, the best first
  /// @param options for compression; null for none
  public ClientHandshake(Bytes nonce, List<String> subprotocols, @Nullable DeflateOptions options) {
    this.key = HandshakeKey.of(nonce);
    this.subprotocols = List.copyOf(subprotocols);
    this.options = options;
  }

  /// What to send.
  ///
  /// @param host and port, as in a Host field
  /// @param target path and query
  /// @param more fields, such as Authorization, Cookie and Origin
  public RequestHead request(String host, String target, Headers more) {
    var headers = Headers.builder().add(HeaderName.HOST, host).addAll(fields()).addAll(more);
    return RequestHead.of(Method.GET, target, headers.build());
  }

  /// The fields by which a request for GET asks for a WebSocket.
  public Headers fields() {
    var headers =
        Headers.builder()
            .add(HeaderName.UPGRADE, "websocket")
            .add(HeaderName.CONNECTION, "Upgrade")
            .add(HeaderName.SEC_WEBSOCKET_KEY, key)
            .add(HeaderName.SEC_WEBSOCKET_VERSION, "13");
    if (!subprotocols.isEmpty()) {
      headers.add(HeaderName.SEC_WEBSOCKET_PROTOCOL, String.join(", ", subprotocols));
    }
    if (options != null) {
      headers.add(HeaderName.SEC_WEBSOCKET_EXTENSIONS, DeflateParameters.offer(options));
    }
    return headers.build();
  }

  /// Understands the answer.
  ///
  /// @throws HandshakeException if it is no, or not an answer to this request
  public Agreement agree(ResponseHead response) throws HandshakeException {
    var headers = response.headers();
    if (response.status().code() != 101) {
      throw new HandshakeException(
          response.status(), "the server answered " + response.status(), headers);
    }
    require(
        response,
        headers.list(HeaderName.UPGRADE).size() == 1
            && ServerHandshake.containsIgnoringCase(headers.list(HeaderName.UPGRADE), "websocket")
            && ServerHandshake.containsIgnoringCase(headers.list(HeaderName.CONNECTION), "upgrade"),
        "the server upgrades to something else");
    require(
        response,
        headers.all(HeaderName.SEC_WEBSOCKET_ACCEPT).equals(List.of(HandshakeKey.accept(key))),
        "the server has not understood the key: it speaks no WebSocket, or answers another request");
    return new Agreement(subprotocol(response), deflate(response));
  }

  private @Nullable String subprotocol(ResponseHead response) throws HandshakeException {
    var chosen = response.headers().all(HeaderName.SEC_WEBSOCKET_PROTOCOL);
    if (chosen.isEmpty()) {
      return null;
    }
    require(
        response,
        chosen.size() == 1 && subprotocols.contains(chosen.getFirst()),
        "the server has chosen a subprotocol that was not offered: " + chosen);
    return chosen.getFirst();
  }

  private @Nullable DeflateParameters deflate(ResponseHead response) throws HandshakeException {
    List<Extension> extensions;
    try {
      extensions = Extension.parse(response.headers());
    } catch (MalformedException e) {
      throw refused(response, String.valueOf(e.getMessage()));
    }
    if (extensions.isEmpty()) {
      return null;
    }
    var agreed =
        extensions.size() > 1 || options == null
            ? null
            : DeflateParameters.agreed(extensions.getFirst(), options);
    if (agreed == null) {
      throw refused(response, "the server wants extensions that were not offered: " + extensions);
    }
    return agreed;
  }

  private static void require(ResponseHead response, boolean condition, String otherwise)
      throws HandshakeException {
    if (!condition) {
      throw refused(response, otherwise);
    }
  }

  private static HandshakeException refused(ResponseHead response, String why) {
    return new HandshakeException(response.status(), why, response.headers());
  }
}
