// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import tulip.bytes.ByteWriter;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;

/// Addresses of networks and of their cards.
final class NetworkCodecs {
  /// The families, which are not those of any system.
  private static final int IPV4 = 2;

  private static final int IPV6 = 3;
  private static final HexFormat MAC = HexFormat.ofDelimiter(":");

  static final TypeCodec INET =
      TypeCodec.of(NetworkCodecs::inet, (value, out) -> putInet(value, 0, out));
  static final TypeCodec CIDR =
      TypeCodec.of(NetworkCodecs::inet, (value, out) -> putInet(value, 1, out));

  /// Six or eight bytes, as texts such as `08:00:2b:01:02:03`.
  static final TypeCodec MAC_ADDRESS =
      TypeCodec.of(
          in -> MAC.formatHex(in.take(in.remaining()).toByteArray()),
          (value, out) -> out.put(MAC.parseHex(Values.as(String.class, value))));

  private NetworkCodecs() {}

  private static Inet inet(BackendReader in) throws PostgresFormatException {
    int family = in.takeByte();
    int prefix = in.takeByte() & 0xFF;
    in.takeByte(); // whether it is a network, which the type says
    int length = in.takeByte();
    if (length != (family == IPV4 ? 4 : 16) || prefix > 8 * length) {
      throw new PostgresFormatException("an address of family " + family + ", length " + length);
    }
    try {
      return new Inet(address(in.take(length).toByteArray()), prefix);
    } catch (UnknownHostException e) {
      throw new PostgresFormatException("no address: " + e.getMessage());
    }
  }

  /// Addresses of IPv4 within IPv6 stay what they are, which [InetAddress#getByAddress] does not
  /// do.
  private static InetAddress address(byte[] bytes) throws UnknownHostException {
    return bytes.length == 4
        ? InetAddress.getByAddress(bytes)
        : Inet6Address.getByAddress(null, bytes, -1);
  }

  private static void putInet(Object value, int network, ByteWriter out) {
    var inet = value instanceof InetAddress host ? Inet.of(host) : Values.as(Inet.class, value);
    var address = inet.address().getAddress();
    out.putByte(address.length == 4 ? IPV4 : IPV6)
        .putByte(inet.prefix())
        .putByte(network)
        .putByte(address.length)
        .put(address);
  }
}
