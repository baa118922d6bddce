// SPDX-License-Identifier: Apache-2.0
package tulip.it.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tulip.core.Tulip;

/// As many connections as a server takes if nothing else is said, from a client in Python.
@Timeout(120)
class ManyConnectionsTest {
  private static final int MANY = 10_000;

  private static final String CLIENT =
      """
      import asyncio, sys
      async def main():
          gate = asyncio.Semaphore(200)
          async def connect():
              async with gate:
                  return await asyncio.open_connection('127.0.0.1', int(sys.argv[1]))
          async def use(reader, writer):
              writer.write(b'hello\\n')
              return await reader.readline()
          every = await asyncio.gather(*[connect() for _ in range(10_000)])
          print('open')
          sys.stdin.readline()
          answers = await asyncio.gather(*[use(*one) for one in every])
          print('used', answers.count(b'HELLO\\n'))
          sys.stdin.readline()
          for _, writer in every:
              writer.close()
          await asyncio.gather(*[writer.wait_closed() for _, writer in every])
      asyncio.run(main())
      """;

  @Test
  @Tag("long")
  void openIdleUsedClosed() throws Exception {
    Shouting.serve(
        _ -> {},
        server -> {
          try (var client = Peer.python(CLIENT, server.port())) {
            client.await("open");
            while (server.server().connections().size() < MANY) {
              Tulip.yield();
            }
            client.send("\n");
            client.await("used " + MANY);
            client.send("\n");
            assertEquals(0, client.end());
            assertTrue(server.server().drain(Peer.LIMIT));
            assertEquals(MANY, server.ends(MANY).stream().filter("end"::equals).count());
          }
        });
  }
}
