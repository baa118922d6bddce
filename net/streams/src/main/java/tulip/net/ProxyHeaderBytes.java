// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.ByteReader;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Version 2 of the PROXY protocol: a signature, what is spoken of, addresses, and more in pieces
/// with types and lengths.
final class ProxyHeaderBytes {
  private static final Bytes SIGNATURE = Bytes.ofHex("0d0a0d0a000d0a515549540a");
  private static final int FIXED = 16;

  /// Far more than any proxy sends.
  private static final int LONGEST = 4096;

  private static final int LOCAL = 0x20;
  private static final int PROXY = 0x21;
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;
  private static final int UNIX = 3;
  private static final int UNIX_PATH = 108;
  private static final int TLS_PIECE = 0x20;

  private ProxyHeaderBytes() {}

  static @Nullable ProxyHeader receive(ByteQueue input) throws MalformedException {
    for (int i = 0; i < Math.min(SIGNATURE.length(), input.size()); i++) {
      if (input.peekByte(i) != SIGNATURE.byteAt(i)) {
        throw new MalformedException("the connection does not begin with a PROXY header");
      }
    }
    if (!input.has(FIXED)) {
      return null;
    }
    int length = input.peekUnsignedShort(FIXED - 2);
    if (length > LONGEST) {
      throw new MalformedException("a PROXY header of " + length + " bytes");
    }
    if (!input.has(FIXED + length)) {
      return null;
    }
    input.skip(SIGNATURE.length());
    int command = input.takeUnsignedByte();
    int family = input.takeUnsignedByte() >> 4;
    input.skip(2);
    var rest = input.take(length).reader();
    return switch (command) {
      case LOCAL -> ProxyHeader.UNKNOWN;
      case PROXY -> parse(family, rest);
      default -> throw new MalformedException("an unknown version or command of PROXY");
    };
  }

  private static ProxyHeader parse(int family, ByteReader reader) throws MalformedException {
    return switch (family) {
      case IPV4 -> inet(4, reader);
      case IPV6 -> inet(16, reader);
      case UNIX -> {
        var source = unix(reader.take(UNIX_PATH));
        var destination = unix(reader.take(UNIX_PATH));
        yield new ProxyHeader(source, destination, isSecure(reader));
      }
      default -> ProxyHeader.UNKNOWN;
    };
  }

  private static ProxyHeader inet(int size, ByteReader reader) throws MalformedException {
    var source = reader.take(size);
    var destination = reader.take(size);
    var from = new InetSocketAddress(address(source), reader.takeUnsignedShort());
    var to = new InetSocketAddress(address(destination), reader.takeUnsignedShort());
    return new ProxyHeader(from, to, isSecure(reader));
  }

  private static InetAddress address(Bytes bytes) throws MalformedException {
    try {
      return InetAddress.getByAddress(bytes.toByteArray());
    } catch (UnknownHostException e) {
      throw new MalformedException("not an address: " + e.getMessage());
    }
  }

  private static SocketAddress unix(Bytes padded) {
    int end = padded.indexOf((byte) 0);
    return UnixDomainSocketAddress.of((end < 0 ? padded : padded.slice(0, end)).utf8());
  }

  /// Whether a piece says that the client came by TLS: the first bit of what it begins with.
  private static boolean isSecure(ByteReader reader) throws MalformedException {
    boolean secure = false;
    while (reader.remaining() > 0) {
      int type = reader.takeUnsignedByte();
      var value = reader.take(reader.takeUnsignedShort());
      secure |= type == TLS_PIECE && !value.isEmpty() && (value.byteAt(0) & 1) != 0;
    }
    return secure;
  }
}
