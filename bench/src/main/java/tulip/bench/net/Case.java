// SPDX-License-Identifier: Apache-2.0
package tulip.bench.net;

/// What is measured of an echo server, in the order of the report.
enum Case {
  ECHO("echo", "1 KiB there and back, 50 connections", 50, 1024),
  STREAM("stream", "64 KiB pieces both ways at once, 4 connections", 4, 64 * 1024),
  CLOSE("close", "connect, 1 byte there and back, close", 16, 1),
  RESET("reset", "connect, 1 byte there and back, reset", 16, 1);

  final String mode;
  final String title;
  final int connections;
  final int size;

  Case(String mode, String title, int connections, int size) {
    this.mode = mode;
    this.title = title;
    this.connections = connections;
    this.size = size;
  }
}
