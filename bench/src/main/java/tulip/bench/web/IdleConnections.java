// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tulip.bench.Child;
import tulip.bench.Figure;
import tulip.bench.ServerProcess;

/// What a connection needs that says something once and stays: kept alive, as a WebSocket, and as
/// one that compresses. Prints a figure each: `bytes` is what the server's resident memory grows
/// by, `heap` what its objects need.
final class IdleConnections {
  /// What the names of its figures begin with.
  static final String CASE = "idle ";

  private static final int MANY = 10_000;

  /// In so many parts as many connections have come and gone before: code that was not compiled yet
  /// has larger frames on the tasks' stacks.
  private static final int ROUNDS = 10;

  private static final int MESSAGE = 1000;

  /// What the collector has not come to yet is not what a connection needs.
  private static final List<String> FLAGS =
      List.of("-Xmx512m", "-Xmn8m", "--add-opens=java.base/java.lang=ALL-UNNAMED");

  private static final List<String> KINDS =
      List.of("kept alive", "WebSocket", "WebSocket, compressing");

  private final int port;

  private IdleConnections(int port) {
    this.port = port;
  }

  /// Usage: \[NUMBER\] of connections.
  public static void main(String[] words) throws IOException {
    int many = words.length == 0 ? MANY : Integer.parseInt(words[0]);
    for (var kind : KINDS) {
      var figure =
          new Figure("tulip", CASE + kind, 0, 0)
              .with("bytes", measure(kind, many, (server, _) -> server.resident()))
              .with("heap", measure(kind, many, (_, clients) -> clients.live()));
      System.out.println(figure.toJson());
    }
  }

  private interface Gauge {
    long read(ServerProcess server, IdleConnections clients) throws IOException;
  }

  /// By how much a server of its own grows for each connection.
  private static double measure(String kind, int many, Gauge gauge) throws IOException {
    try (var server =
        ServerProcess.start(
            Path.of("."), Child.javaCommand(FLAGS, TulipSite.class, "none", "CARRIER"))) {
      var clients = new IdleConnections(server.port());
      for (int i = 0; i < ROUNDS; i++) {
        closeAll(clients.open(kind, many / ROUNDS));
      }
      long before = gauge.read(server, clients);
      var open = clients.open(kind, many);
      double more = gauge.read(server, clients) - before;
      closeAll(open);
      return more / many;
    }
  }

  private static void closeAll(List<Socket> sockets) throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
  }

  private List<Socket> open(String kind, int many) throws IOException {
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < many; i++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(socket);
      switch (kind) {
        case "kept alive" -> ask(socket, "/json", "");
        case "WebSocket" -> talk(socket, "");
        default -> talk(socket, "Sec-WebSocket-Extensions: permessage-deflate\r\n");
      }
    }
    return sockets;
  }

  private long live() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return Long.parseLong(ask(socket, "/live", ""));
    }
  }

  /// @return the body of the answer
  private static String ask(Socket socket, String path, String fields) throws IOException {
    var request = "GET " + path + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) take(socket, 1)[0]);
    }
    int length = head.indexOf("Content-Length: ");
    return length < 0
        ? ""
        : new String(
            take(socket, Integer.parseInt(head.substring(length + 16, head.indexOf("\r", length)))),
            US_ASCII);
  }

  private static void talk(Socket socket, String more) throws IOException {
    ask(
        socket,
        "/echo",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + more);
    byte[] frame = new byte[8 + MESSAGE];
    frame[0] = (byte) 0x81; // text, in one frame
    frame[1] = (byte) (0x80 | 126); // masked with zeros, length in two bytes
    frame[2] = (byte) (MESSAGE >> 8);
    frame[3] = (byte) MESSAGE;
    for (int i = 0; i < MESSAGE; i++) {
      frame[8 + i] = (byte) ('a' + i * i % 26);
    }
    socket.getOutputStream().write(frame);
    int length = take(socket, 2)[1];
    if (length == 126) {
      byte[] longer = take(socket, 2);
      length = ((longer[0] & 255) << 8) | (longer[1] & 255);
    }
    take(socket, length);
  }

  private static byte[] take(Socket socket, int length) throws IOException {
    byte[] bytes = socket.getInputStream().readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the server has hung up");
    }
    return bytes;
  }
}
