// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.util.List;
import java.util.stream.Stream;

/// Messages that must be refused, by behaviour, with the status that a server answers.
final class Refusals {
  /// One bad message.
  ///
  /// @param what is wrong
  /// @param status to answer
  /// @param text its bytes as ISO 8859-1
  record Refusal(String what, int status, String text) {
    byte[] bytes() {
      return Feed.latin1(text);
    }

    @Override
    public String toString() {
      return what;
    }
  }

  private static final String CHUNKED =
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

  private static final String CHUNKED_RESPONSE =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  static final List<Refusal> REQUEST_LINES =
      List.of(
          line("no method", 400, " / HTTP/1.1"),
          line("a method that is no token", 400, "GE(T / HTTP/1.1"),
          line("a method with a byte above 127", 400, "G\u00c9T / HTTP/1.1"),
          line("a method and a tab", 400, "GET\t/ HTTP/1.1"),
          line("two blanks after the method", 400, "GET  / HTTP/1.1"),
          line("two blanks after the target", 400, "GET /  HTTP/1.1"),
          line("a blank after the version", 400, "GET / HTTP/1.1 "),
          line("no target", 400, "GET  HTTP/1.1"),
          line("a blank inside of the target", 400, "GET /a b HTTP/1.1"),
          line("no version, as in HTTP/0.9", 400, "GET /"),
          line("a blank for a version", 400, "GET / "),
          line("a version in lower case", 400, "GET / http/1.1"),
          line("another protocol", 400, "GET / HTTPS/1.1"),
          line("a version with more digits", 400, "GET / HTTP/1.11"),
          line("a version without a dot", 400, "GET / HTTP/11"),
          line("a version that is cut off", 400, "GET / HTTP/1."),
          line("a version of other digits", 400, "GET / HTTP/1.\u00b2"),
          line("HTTP/2.0", 505, "PRI * HTTP/2.0"),
          line("HTTP/0.9 by name", 505, "GET / HTTP/0.9"),
          line("a fragment in the target", 400, "GET /a#b HTTP/1.1"),
          line("a NUL in the target", 400, "GET /\0 HTTP/1.1"),
          line("DEL in the target", 400, "GET /\u007f HTTP/1.1"),
          line("a tab in the target", 400, "GET /a\tb HTTP/1.1"),
          line("a byte above 127 in the target", 400, "GET /\u00e9 HTTP/1.1"),
          line("a relative target", 400, "GET a HTTP/1.1"),
          line("an asterisk for GET", 400, "GET * HTTP/1.1"),
          line("an authority for GET", 400, "GET a:80 HTTP/1.1"),
          line("a URI of another scheme", 400, "GET ftp://a/ HTTP/1.1"),
          line("a URI without a host", 400, "GET http:///a HTTP/1.1"),
          line("a URI with a user", 400, "GET http://u:p@a/ HTTP/1.1"),
          line("a URI with a port that is none", 400, "GET http://a:x/ HTTP/1.1"),
          line("a path for CONNECT", 400, "CONNECT / HTTP/1.1"),
          line("CONNECT without a port", 400, "CONNECT a HTTP/1.1"),
          line("CONNECT to a port above 65535", 400, "CONNECT a:65536 HTTP/1.1"),
          line("a carriage return inside of the line", 400, "GET / HTTP/1.1\rX"));

  static final List<Refusal> FIELDS =
      List.of(
          field("no colon", 400, "Foo"),
          field("no name", 400, ": x"),
          field("a blank before the colon", 400, "Foo : x"),
          field("a tab before the colon", 400, "Foo\t: x"),
          field("a blank inside of the name", 400, "Foo Bar: x"),
          field("a name that is no token", 400, "Foo(: x"),
          field("a name with a byte above 127", 400, "Fo\u00f6: x"),
          field("a NUL in the name", 400, "Fo\0o: x"),
          field("a folded line", 400, "Foo: x\r\n y"),
          field("a folded line of blanks", 400, "Foo: x\r\n \t"),
          field("a NUL in the value", 400, "Foo: a\0b"),
          field("a carriage return in the value", 400, "Foo: a\rb"),
          field("a carriage return before the line's end", 400, "Foo: a\r"),
          field("a carriage return as the name", 400, "\rFoo: a"),
          field("a line feed alone", 400, "Foo: a\nBar: b"),
          field("DEL in the value", 400, "Foo: a\u007f"),
          field("an escape in the value", 400, "Foo: \u001b[0m"),
          field("a second Host", 400, "Host: a"),
          field("another Host", 400, "Host: b"),
          field("two Content-Lengths", 400, "Content-Length: 1\r\nContent-Length: 2"),
          field("one Content-Length twice", 400, "Content-Length: 5\r\nContent-Length: 5"),
          field("a list of Content-Lengths", 400, "Content-Length: 5, 5"),
          field("no Content-Length", 400, "Content-Length:"),
          field("a Content-Length with a sign", 400, "Content-Length: +5"),
          field("a negative Content-Length", 400, "Content-Length: -5"),
          field("a hexadecimal Content-Length", 400, "Content-Length: 0x5"),
          field("a Content-Length with a blank", 400, "Content-Length: 1 2"),
          field("a Content-Length of other digits", 400, "Content-Length: \u00b9"),
          field("a Content-Length that overflows", 400, "Content-Length: 18446744073709551621"),
          field("both framings", 400, "Transfer-Encoding: chunked\r\nContent-Length: 5"),
          field(
              "both framings, length first",
              400,
              "Content-Length: 0\r\nTransfer-Encoding: chunked"),
          field("chunked not last", 400, "Transfer-Encoding: chunked, gzip"),
          field("chunked not there", 400, "Transfer-Encoding: gzip"),
          field("an empty Transfer-Encoding", 400, "Transfer-Encoding:"),
          field("identity", 400, "Transfer-Encoding: identity"),
          field("chunked twice", 400, "Transfer-Encoding: chunked, chunked"),
          field(
              "chunked in two fields",
              400,
              "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
          field("chunked in quotes", 400, "Transfer-Encoding: \"chunked\""),
          field("chunked with a vertical tab", 400, "Transfer-Encoding: \u000bchunked"),
          field("chunked with a parameter", 400, "Transfer-Encoding: chunked;q=1"),
          field("almost chunked", 400, "Transfer-Encoding: xchunked"),
          field("gzip inside of chunks", 501, "Transfer-Encoding: gzip, chunked"),
          field("another expectation", 417, "Expect: 200-ok"),
          field("two expectations", 417, "Expect: 100-continue, 200-ok"));

  static final List<Refusal> HEADS =
      List.of(
          new Refusal("no Host", 400, "GET / HTTP/1.1\r\n\r\n"),
          host("an empty Host", ""),
          host("a Host with a path", "a/b"),
          host("a Host with a user", "u@a"),
          host("a Host with a blank", "a b"),
          host("a list of Hosts", "a, b"),
          host("a Host with a port that is none", "a:b"),
          host("a Host with a port above 65535", "a:70000"),
          host("an address without brackets", "::1"),
          host("an address with a zone", "[fe80::1%25eth0]"),
          host("no address in brackets", "[a]"),
          host("an address that is too long", "[1:2:3:4:5:6:7:8:9]"),
          host("a bracket that does not close", "[::1"),
          host("a Host with a wrong percent sign", "a%2"),
          new Refusal("a wrong Host in HTTP/1.0", 400, "GET / HTTP/1.0\r\nHost: a/b\r\n\r\n"),
          new Refusal(
              "chunks in HTTP/1.0",
              400,
              "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
          new Refusal(
              "blank lines between first line and fields",
              400,
              "GET / HTTP/1.1\r\n \r\nHost: a\r\n\r\n"),
          new Refusal(
              "a field that begins with a blank", 400, "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
          new Refusal("line feeds for line ends", 400, "GET / HTTP/1.1\nHost: a\n\n"),
          new Refusal("a line feed for a line end, and nothing more", 400, "GET / HTTP/1.1\n"),
          new Refusal("a line feed ahead", 400, "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
          new Refusal("a blank line ahead", 400, " \r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
          new Refusal(
              "many empty lines ahead",
              400,
              "\r\n".repeat(9) + "GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
          new Refusal("TLS on a plain port", 400, "\u0016\u0003\u0001"),
          new Refusal(
              "CONNECT with a length",
              400,
              "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\nContent-Length: 1\r\n\r\nx"),
          new Refusal(
              "CONNECT with chunks",
              400,
              "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\nTransfer-Encoding: chunked\r\n\r\n"),
          new Refusal("an end inside of a head", 400, "GET / HTTP/1.1\r\nHost: a\r\n"),
          new Refusal(
              "an end inside of a body",
              400,
              "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx"));

  static final List<Refusal> CHUNKS =
      List.of(
          chunk("no size", "\r\n"),
          chunk("a size that is no number", "x\r\n"),
          chunk("a size with a sign", "+1\r\na\r\n"),
          chunk("a size with 0x", "0x1\r\na\r\n"),
          chunk("a blank before the size", " 1\r\na\r\n"),
          chunk("a blank after the size", "1 \r\na\r\n0\r\n\r\n"),
          chunk("an underscore in the size", "1_0\r\n"),
          chunk("a size that overflows", "10000000000000001\r\na\r\n"),
          chunk("a size of many zeros", "0".repeat(40) + "1\r\na\r\n"),
          chunk("a line feed alone after the size", "1\na\r\n"),
          chunk("a carriage return alone after the size", "1\ra\r\n"),
          chunk("a line feed alone in an extension", "1;a\nb\r\na\r\n"),
          chunk("a carriage return alone in an extension", "1;a\rb\r\na\r\n"),
          chunk("a NUL in an extension", "1;\0\r\na\r\n"),
          chunk("something else than an extension", "1 a\r\na\r\n"),
          chunk("an extension without a name", "1;\r\na\r\n"),
          chunk("an extension without a name ahead of another", "1;;a\r\na\r\n"),
          chunk("an extension whose name is no token", "1;a[b\r\na\r\n"),
          chunk("an extension without the value it promises", "1;a=\r\na\r\n"),
          chunk("an extension whose quotes do not close", "1;a=\"b\r\na\r\n"),
          chunk("an extension with something behind its quotes", "1;a=\"b\"c\r\na\r\n"),
          chunk("a blank behind an extension", "1;a \r\na\r\n"),
          chunk("a long extension", "1;" + "x".repeat(300) + "\r\na\r\n"),
          chunk("many extensions", ("1;" + "x".repeat(200) + "\r\na\r\n").repeat(90)),
          chunk("a chunk longer than its size", "1\r\nab\r\n0\r\n\r\n"),
          chunk("a line feed alone after a chunk", "1\r\na\n0\r\n\r\n"),
          chunk("a carriage return alone after a chunk", "1\r\na\rx"),
          chunk("an end inside of a size", "1"),
          chunk("an end inside of a chunk", "2\r\na"),
          chunk("an end after a chunk", "1\r\na"),
          chunk("an end inside of a chunk's line end", "1\r\na\r"),
          chunk("an end before the last chunk", "1\r\na\r\n"),
          chunk("an end inside of the trailers", "0\r\nA: b\r\n"),
          chunk("a line feed alone in the trailers", "0\r\nA: b\n\r\n"),
          chunk("a trailer without a colon", "0\r\nA\r\n\r\n"),
          chunk("a folded trailer", "0\r\nA: b\r\n c\r\n\r\n"),
          chunk("Content-Length as a trailer", "0\r\nContent-Length: 5\r\n\r\n"),
          chunk("Transfer-Encoding as a trailer", "0\r\nTransfer-Encoding: chunked\r\n\r\n"),
          chunk("Host as a trailer", "0\r\nhost: b\r\n\r\n"),
          chunk("credentials as a trailer", "0\r\nAuthorization: x\r\n\r\n"));

  static final List<Refusal> RESPONSES =
      List.of(
          response("another protocol", "ICY 200 OK\r\n\r\n"),
          response("a version in lower case", "http/1.1 200 OK\r\n\r\n"),
          response("no code", "HTTP/1.1\r\n\r\n"),
          response("a blank for a code", "HTTP/1.1  200 OK\r\n\r\n"),
          response("a code of two digits", "HTTP/1.1 20 OK\r\n\r\n"),
          response("a code of four digits", "HTTP/1.1 2000 OK\r\n\r\n"),
          response("a code below 100", "HTTP/1.1 099 No\r\n\r\n"),
          response("a code above 599", "HTTP/1.1 600 No\r\n\r\n"),
          response("a code with letters", "HTTP/1.1 2x0 OK\r\n\r\n"),
          response("a carriage return in the phrase", "HTTP/1.1 200 O\rK\r\n\r\n"),
          response("a NUL in the phrase", "HTTP/1.1 200 O\0K\r\n\r\n"),
          response("a NUL in a value", "HTTP/1.1 200 OK\r\nA: \0\r\n\r\n"),
          response("line feeds for line ends", "HTTP/1.1 200 OK\n\n"),
          response("a folded line", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n"),
          response("a blank before the colon", "HTTP/1.1 200 OK\r\nA : b\r\n\r\n"),
          response(
              "two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
          response(
              "both framings",
              "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
          response("chunks in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
          response("gzip for the transfer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"),
          response("another protocol unasked", "HTTP/1.1 101 Go\r\nUpgrade: x\r\n\r\n"),
          response("no end of 1xx", "HTTP/1.1 102 Wait\r\n\r\n".repeat(30)),
          response("no answer", ""),
          response("an end inside of the head", "HTTP/1.1 200 OK\r\nA"),
          response("an end inside of the body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na"),
          response("an end inside of the chunks", CHUNKED_RESPONSE + "1\r\na\r\n"),
          response("a size that is no number", CHUNKED_RESPONSE + "x\r\n"));

  /// All that a server refuses.
  static List<Refusal> requests() {
    return Stream.of(REQUEST_LINES, FIELDS, HEADS, CHUNKS).flatMap(List::stream).toList();
  }

  private static Refusal line(String what, int status, String line) {
    return new Refusal(what, status, line + "\r\nHost: a\r\n\r\n");
  }

  private static Refusal field(String what, int status, String field) {
    return new Refusal(what, status, "GET / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n");
  }

  private static Refusal host(String what, String host) {
    return new Refusal(what, 400, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
  }

  private static Refusal chunk(String what, String body) {
    return new Refusal(what, 400, CHUNKED + body);
  }

  private static Refusal response(String what, String text) {
    return new Refusal(what, 0, text);
  }

  private Refusals() {}
}
