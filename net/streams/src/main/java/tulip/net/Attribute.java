// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;

/// A fact that a stream may know about its connection, and the fact's type.
///
/// Other kinds of wires define attributes of their own; two are the same only if they are the same
/// object.
///
/// @param name for messages
/// @param type the value's
/// @param <T> the value's type
public record Attribute<T>(String name, Class<T> type) {
  /// Where this end is.
  public static final Attribute<SocketAddress> LOCAL_ADDRESS =
      new Attribute<>("local address", SocketAddress.class);

  /// Where the other end is.
  public static final Attribute<SocketAddress> REMOTE_ADDRESS =
      new Attribute<>("remote address", SocketAddress.class);

  /// The socket itself, for options that nothing else sets. Whoever reads, writes or closes it
  /// breaks the stream.
  public static final Attribute<SocketChannel> SOCKET =
      new Attribute<>("socket", SocketChannel.class);

  /// Who runs the process at the other end of a Unix socket, as the kernel says.
  public static final Attribute<UserPrincipal> PEER_USER =
      new Attribute<>("peer user", UserPrincipal.class);

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
