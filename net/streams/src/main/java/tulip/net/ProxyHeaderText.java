// SPDX-License-Identifier: Apache-2.0
package tulip.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.MalformedException;

/// Version 1 of the PROXY protocol: one line, `PROXY TCP4 192.0.2.1 192.0.2.2 49152 443`.
final class ProxyHeaderText {
  private static final int LONGEST = 107;
  private static final int PARTS = 6;

  private ProxyHeaderText() {}

  static @Nullable ProxyHeader receive(ByteQueue input) throws MalformedException {
    int end = input.indexOf((byte) '\n', 0);
    if (end >= LONGEST || (end < 0 && input.size() >= LONGEST)) {
      throw new MalformedException("a PROXY line above " + LONGEST + " bytes");
    }
    if (end < 0) {
      return null;
    }
    var line = input.take(end + 1).latin1();
    if (!line.startsWith("PROXY ") || !line.endsWith("\r\n")) {
      throw new MalformedException("no PROXY line");
    }
    return parse(line.substring(0, line.length() - 2).split(" ", -1));
  }

  private static ProxyHeader parse(String[] parts) throws MalformedException {
    if (parts[1].equals("UNKNOWN")) {
      return ProxyHeader.UNKNOWN;
    }
    boolean known = parts[1].equals("TCP4") || parts[1].equals("TCP6");
    if (!known || parts.length != PARTS) {
      throw new MalformedException("a PROXY line without family, two addresses and two ports");
    }
    return new ProxyHeader(address(parts[2], parts[4]), address(parts[3], parts[5]), false);
  }

  private static InetSocketAddress address(String address, String port) throws MalformedException {
    try {
      return new InetSocketAddress(InetAddress.ofLiteral(address), Integer.parseInt(port));
    } catch (IllegalArgumentException _) {
      throw new MalformedException("a PROXY line with an address or port that is none");
    }
  }
}
