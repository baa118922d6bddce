// SPDX-License-Identifier: Apache-2.0
package tulip.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tulip.http.HttpServerOptions;

/// Python's own client and aiohttp; and wrk, for many connections.
@Timeout(60)
class PythonClientTest {
  private static final String HTTP_CLIENT =
      """
      import http.client, sys
      connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=30)
      for i in range(3):
          connection.request("GET", "/stream/3")
          print(connection.getresponse().read())
      connection.request("POST", "/echo", body=iter([b"one", b"two"]), encode_chunked=True,
                         headers={"Transfer-Encoding": "chunked"})
      response = connection.getresponse()
      print(response.status, response.read(), response.headers["Content-Length"])
      """;

  private static final String AIOHTTP =
      """
      import aiohttp, asyncio, sys

      base = "http://127.0.0.1:" + sys.argv[1]

      async def chunks():
          for i in range(50):
              yield b"x" * 1000
              await asyncio.sleep(0)

      async def main():
          async with aiohttp.ClientSession() as session:
              async def one(i):
                  async with session.post(base + "/echo", data=b"%d" % i) as response:
                      assert response.status == 200
                      return await response.text()
              answers = await asyncio.gather(*[one(i) for i in range(200)])
              print(answers == [str(i) for i in range(200)])
              async with session.put(base + "/count", data=chunks(), expect100=True) as response:
                  print(await response.text())
              async with session.get(base + "/stream/20000") as response:
                  size = 0
                  async for piece in response.content.iter_any():
                      size += len(piece)
                  print(size)
              async with session.head(base + "/") as response:
                  print(response.status, response.headers["Content-Length"])
              async with session.delete(base + "/") as response:
                  print(response.status, response.headers["Allow"])

      asyncio.run(main())
      """;

  @TempDir private Path folder;

  private void visit(Site.Visit visit) throws Exception {
    Site.visit(folder, HttpServerOptions.DEFAULT, visit);
  }

  private static String python(Site site, String program) throws Exception {
    return site.run("/usr/bin/python3", "-c", program, Integer.toString(site.port()));
  }

  @Test
  void pythonsOwn() throws Exception {
    visit(site ->
        assertEquals(
            """
            b'line 0\\nline 1\\nline 2\\n'
            b'line 0\\nline 1\\nline 2\\n'
            b'line 0\\nline 1\\nline 2\\n'
            200 b'onetwo' 6
            """,
            python(site, HTTP_CLIENT)));
  }

  @Test
  void aiohttp() throws Exception {
    visit(site ->
        assertEquals(
            """
            True
            50000 bytes
            208890
            200 12
            405 GET, HEAD, OPTIONS
            """,
            python(site, AIOHTTP)));
  }

  @Test
  void wrkOnManyConnections() throws Exception {
    visit(site -> {
      var report = site.run("wrk", "-t1", "-c100", "-d2s", site.url("/"));
      assertTrue(report.contains(" requests in "), report);
      assertTrue(!report.contains("Non-2xx") && !report.contains("Socket errors"), report);
    });
  }
}
