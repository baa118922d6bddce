// SPDX-License-Identifier: Apache-2.0
package tulip.bench.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// What goes over the wire.
final class Messages {
  /// As wrk asks: 43 bytes.
  static final byte[] SHORT =
      "GET /json HTTP/1.1\r\nHost: localhost:8080\r\n\r\n".getBytes(US_ASCII);

  /// As a browser asks: 15 fields, 784 bytes.
  static final byte[] BROWSER =
      """
      GET /wiki/Coroutine?action=view&section=2 HTTP/1.1
      Host: www.example.org
      Connection: keep-alive
      sec-ch-ua: "Chromium";v="139", "Not=A?Brand";v="24"
      sec-ch-ua-mobile: ?0
      sec-ch-ua-platform: "Linux"
      Upgrade-Insecure-Requests: 1
      User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36
      Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8
      Sec-Fetch-Site: same-origin
      Sec-Fetch-Mode: navigate
      Sec-Fetch-User: ?1
      Sec-Fetch-Dest: document
      Referer: https://www.example.org/wiki/Main_Page
      Accept-Encoding: gzip, deflate, br, zstd
      Accept-Language: en-US,en;q=0.9

      """
          .replace("\n", "\r\n")
          .getBytes(US_ASCII);

  /// What the response carries.
  static final byte[] JSON = "{\"message\":\"Hello, World!\"}".getBytes(US_ASCII);

  static final String SERVER = "tulip";
  static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";

  private Messages() {}
}
