// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.http.fields.Credentials.Login;
import tulip.net.ByteStream;
import tulip.net.IncompleteReadException;
import tulip.net.Tcp;

/// Has a SOCKS 5 proxy connect to an origin (RFC 1928, RFC 1929).
final class SocksHandshake {
  private static final int VERSION = 5;
  private static final int LOGIN_VERSION = 1;
  private static final int CONNECT = 1;
  private static final int NO_LOGIN = 0;
  private static final int WITH_LOGIN = 2;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final int LONGEST = 255;

  private final ByteStream stream;
  private final ProxyServer proxy;
  private final ByteWriter out = new ByteWriter(1024);

  SocksHandshake(ByteStream stream, ProxyServer proxy) {
    this.stream = stream;
    this.proxy = proxy;
  }

  /// Connects: after that the stream is one to the origin.
  ///
  /// @throws ProxyException if the proxy refuses, or does not speak SOCKS 5
  void connect(String host, int port) throws IOException {
    try {
      agree(proxy.login());
      ask(host, port);
      hear();
    } catch (IncompleteReadException e) {
      throw new ProxyException(proxy + " closed the connection in the middle of the handshake", e);
    }
  }

  private void agree(@Nullable Login login) throws IOException {
    out.putByte(VERSION).putByte(login == null ? 1 : 2).putByte(NO_LOGIN);
    if (login != null) {
      out.putByte(WITH_LOGIN);
    }
    int method = unsigned(exchange(2), 1);
    if (method == WITH_LOGIN && login != null) {
      logIn(login);
    } else if (method != NO_LOGIN) {
      throw new ProxyException(proxy + " wants " + (login == null ? "a login" : "another login"));
    }
  }

  private void logIn(Login login) throws IOException {
    out.putByte(LOGIN_VERSION);
    putText(login.user());
    putText(login.password());
    if (unsigned(exchange(2), 1) != 0) {
      throw new ProxyException(proxy + " refuses user or password");
    }
  }

  private void ask(String host, int port) throws IOException {
    out.putByte(VERSION).putByte(CONNECT).putByte(0);
    var address = address(host);
    if (address == null) {
      out.putByte(NAME);
      putText(host);
    } else {
      out.putByte(address.length == 4 ? IPV4 : IPV6).put(address);
    }
    out.putShort(port);
  }

  private byte @Nullable [] address(String host) throws IOException {
    try {
      return InetAddress.ofLiteral(host).getAddress();
    } catch (IllegalArgumentException _) {
      return proxy.kind() == ProxyServer.Kind.SOCKS5
          ? Tcp.lookUp(host).getFirst().getAddress()
          : null;
    }
  }

  private void hear() throws IOException {
    var reply = exchange(4);
    if (unsigned(reply, 1) != 0) {
      throw new ProxyException(proxy + " does not connect: " + reason(unsigned(reply, 1)));
    }
    int length =
        switch (unsigned(reply, 3)) {
          case IPV4 -> 4;
          case IPV6 -> 16;
          case NAME -> unsigned(stream.readExactly(1), 0);
          default -> throw new ProxyException(proxy + " answers with an unknown kind of address");
        };
    stream.readExactly(length + 2);
  }

  private static String reason(int code) {
    return switch (code) {
      case 1 -> "general failure";
      case 2 -> "not allowed";
      case 3 -> "network unreachable";
      case 4 -> "host unreachable";
      case 5 -> "connection refused";
      case 6 -> "TTL expired";
      case 7 -> "command not supported";
      case 8 -> "address type not supported";
      default -> "code " + code;
    };
  }

  /// Sends what was put together, and reads the beginning of the answer.
  private Bytes exchange(int length) throws IOException {
    stream.write(out.toBytes());
    out.clear();
    var answer = stream.readExactly(length);
    int version = unsigned(answer, 0);
    if (version != VERSION && version != LOGIN_VERSION) {
      throw new ProxyException(proxy + " does not speak SOCKS 5");
    }
    return answer;
  }

  private void putText(String text) throws ProxyException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LONGEST) {
      throw new ProxyException("a host, user or password above " + LONGEST + " bytes for SOCKS");
    }
    out.putByte(bytes.length).put(bytes);
  }

  private static int unsigned(Bytes bytes, int at) {
    return bytes.byteAt(at) & 0xFF;
  }
}
