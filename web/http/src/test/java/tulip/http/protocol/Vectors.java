// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.util.List;

/// Messages that are right, after which a connection goes on, with what is to be seen of them.
final class Vectors {
  /// One message.
  ///
  /// @param text its bytes as ISO 8859-1
  /// @param seen what [Feed] writes down
  record Vector(String text, List<String> seen) {
    static Vector of(String text, String... seen) {
      return new Vector(text, List.of(seen));
    }

    byte[] bytes() {
      return Feed.latin1(text);
    }

    /// {@return the first line, for the names of tests}
    @Override
    public String toString() {
      return text.lines().findFirst().orElse("");
    }
  }

  static final List<Vector> REQUESTS =
      List.of(
          Vector.of("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1 {Host: a}", "end"),
          Vector.of(
              "GET /a%20b/?q=1&r={|} HTTP/1.1\r\nhOST:a:80\r\nX-Empty:\r\nX-Other: \t a \t b \t\r\n\r\n",
              "GET /a%20b/?q=1&r={|} HTTP/1.1 {Host: a:80, X-Empty: , X-Other: a \t b}", "end"),
          Vector.of(
              "\r\nGET //double?? HTTP/1.1\r\nHost: [::1]:8080\r\nAccept: a\r\naccept: b\r\n\r\n",
              "GET //double?? HTTP/1.1 {Host: [::1]:8080, Accept: a, Accept: b}",
              "end"),
          Vector.of(
              "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
              "POST /p HTTP/1.1 {Host: a, Content-Length: 5}",
              "body hello",
              "end"),
          Vector.of(
              "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 00\r\n\r\n",
              "POST /p HTTP/1.1 {Host: a, Content-Length: 00}",
              "end"),
          Vector.of(
              String.join(
                  "\r\n",
                  "PUT /c HTTP/1.1",
                  "Host: a",
                  "Transfer-Encoding: Chunked",
                  "",
                  "3",
                  "abc",
                  "00a ; x=\"12\"",
                  "0123456789",
                  "0",
                  "",
                  ""),
              "PUT /c HTTP/1.1 {Host: a, Transfer-Encoding: Chunked}",
              "body abc0123456789",
              "end"),
          Vector.of(
              String.join(
                  "\r\n",
                  "PATCH /c HTTP/1.1",
                  "Host: a",
                  "Transfer-Encoding: chunked",
                  "",
                  "1;a",
                  "\n",
                  "0;b=c",
                  "X-Sum: 7",
                  "X-More: ",
                  "",
                  ""),
              "PATCH /c HTTP/1.1 {Host: a, Transfer-Encoding: chunked}",
              "body \n",
              "end {X-Sum: 7, X-More: }"),
          Vector.of("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * HTTP/1.1 {Host: a}", "end"),
          Vector.of(
              "GET http://b:8/x?y HTTP/1.1\r\nHost: a\r\n\r\n",
              "GET http://b:8/x?y HTTP/1.1 {Host: a}",
              "end"),
          Vector.of(
              "GET HTTP://b HTTP/1.1\r\nHost: b\r\n\r\n", "GET http://b HTTP/1.1 {Host: b}", "end"),
          Vector.of(
              "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
              "GET / HTTP/1.0 {Connection: Keep-Alive}",
              "end"),
          Vector.of(
              "M-SEARCH /* HTTP/1.7\r\nHost: a\r\n\r\n", "M-SEARCH /* HTTP/1.1 {Host: a}", "end"),
          Vector.of(
              "HEAD / HTTP/1.1\r\nHost: a\r\nX-Latin: \u00e9\u00ff\r\nCookie: secret\r\n\r\n",
              "HEAD / HTTP/1.1 {Host: a, X-Latin: \u00e9\u00ff, Cookie: ***}",
              "end"),
          Vector.of(
              "DELETE /x HTTP/1.1\r\nHost: a\r\nConnection: x, keep-alive\r\n!#$%&'*+-.^_`|~9: z\r\n\r\n",
              "DELETE /x HTTP/1.1 {Host: a, Connection: x, keep-alive, !#$%&'*+-.^_`|~9: z}",
              "end"));

  static final List<Vector> RESPONSES =
      List.of(
          Vector.of(
              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
              "HTTP/1.1 200 OK {Content-Length: 2}",
              "body hi",
              "end"),
          Vector.of(
              "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n",
              "HTTP/1.1 200 {Content-Length: 0}",
              "end"),
          Vector.of(
              "HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n",
              "HTTP/1.1 404 {Content-Length: 0}",
              "end"),
          Vector.of(
              "HTTP/1.1 299 Quite\u00e9 good \r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\nA: b\r\n\r\n",
              "HTTP/1.1 299 Quite\u00e9 good  {Transfer-Encoding: chunked}",
              "body 0123456789",
              "end {A: b}"),
          Vector.of(
              "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
              "HTTP/1.1 100 Continue {}",
              "HTTP/1.1 103 Early Hints {Link: <a>}",
              "HTTP/1.1 204 No Content {}",
              "end"),
          Vector.of(
              "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n",
              "HTTP/1.1 304 Not Modified {Content-Length: 99}",
              "end"),
          Vector.of(
              "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\n1",
              "HTTP/1.0 200 OK {Connection: keep-alive, Content-Length: 1}",
              "body 1",
              "end"));

  private Vectors() {}
}
