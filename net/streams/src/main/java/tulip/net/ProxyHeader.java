// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.MalformedException;

/// What a proxy says ahead of everything else about the connection that it passes on: the PROXY
/// protocol, version 1 or 2, of haproxy and most balancers. Anybody can send this: ask only
/// connections that come from a proxy.
///
/// @param source where the client is; null if the proxy does not say, or speaks for itself
/// @param destination where the client thinks that it is connected to; null likewise
/// @param secure whether the client's connection to the proxy was encrypted
public record ProxyHeader(
    @Nullable SocketAddress source, @Nullable SocketAddress destination, boolean secure) {
  /// What [#read] leaves at the stream.
  public static final Attribute<ProxyHeader> ATTRIBUTE =
      new Attribute<>("PROXY header", ProxyHeader.class);

  /// Nothing is known.
  static final ProxyHeader UNKNOWN = new ProxyHeader(null, null, false);

  /// Reads the header with which a connection begins, and takes its addresses for those of the
  /// stream. The stream goes on behind it, with TLS perhaps.
  ///
  /// @throws IOException if the connection does not begin with such a header, or breaks
  public static ProxyHeader read(ByteStream stream) throws IOException {
    try {
      ProxyHeader header;
      while ((header = receive(stream.input())) == null) {
        if (!stream.fill()) {
          throw new ProtocolException("the connection ended within the PROXY header");
        }
      }
      stream.set(ATTRIBUTE, header);
      if (header.source != null) {
        stream.set(Attribute.REMOTE_ADDRESS, header.source);
      }
      if (header.destination != null) {
        stream.set(Attribute.LOCAL_ADDRESS, header.destination);
      }
      return header;
    } catch (MalformedException e) {
      throw (IOException) new ProtocolException(e.getMessage()).initCause(e);
    }
  }

  /// Takes the header out of what was received, without I/O.
  ///
  /// @return null if it is not all there
  /// @throws MalformedException if something else stands there
  public static @Nullable ProxyHeader receive(ByteQueue input) throws MalformedException {
    if (input.isEmpty()) {
      return null;
    }
    return input.peekByte(0) == 'P'
        ? ProxyHeaderText.receive(input)
        : ProxyHeaderBytes.receive(input);
  }
}
