// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

/// What is measured of a server, in the order of the report.
enum Case {
  JSON("27 bytes of JSON, 50 connections"),
  PIPELINED("the same, 16 requests in a row"),
  PAGE("a page of 10 KB by a template, 50 connections"),
  FILE("a file of 1 MB, 8 connections"),
  UPLOAD("a body of 10 MB to the server, 4 connections"),
  ECHO("a WebSocket message of 128 bytes there and back, 50 connections"),
  ROOM("a WebSocket message to each of 5,000 clients");

  final String title;

  Case(String title) {
    this.title = title;
  }
}
