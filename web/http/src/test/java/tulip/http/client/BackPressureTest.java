// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.core.sync.Event;
import tulip.http.Response;
import tulip.testing.TulipTest;

/// Who sends much waits for who reads it: no body gathers in memory, in either direction.
@TulipTest
class BackPressureTest {
  private static final Bytes PIECE = Bytes.wrap(new byte[50_000]);
  private static final int PIECES = 2000; // 100 MB
  private static final int AHEAD = 500_000;

  @TulipTest
  void anUploadWaitsForTheServer() throws IOException {
    var read = new Event();
    long[] made = {0};
    try (var servers =
            Servers.serving(request -> {
              request.limitBody(Long.MAX_VALUE);
              read.await();
              long size = 0;
              for (Bytes piece; (piece = request.body().read()) != null; ) {
                size += piece.length();
                assertTrue(made[0] - size <= AHEAD);
              }
              return Response.text("" + size);
            });
        var http = servers.session()) {
      var body =
          Payload.stream(
              "x/y",
              sink -> {
                for (int i = 0; i < PIECES; i++) {
                  made[0] += PIECE.length();
                  sink.write(PIECE);
                }
              });
      var answer = Tulip.createTask(() -> http.post("/", body).text());
      Tulip.sleep(Duration.ofSeconds(10));
      assertTrue(made[0] > 0 && made[0] <= AHEAD, () -> made[0] + " bytes ahead");
      read.set();
      assertEquals("100000000", answer.await());
    }
  }

  @TulipTest
  void aDownloadWaitsForTheProgram() throws IOException {
    long[] made = {0};
    try (var servers =
            Servers.serving(request ->
                Response.stream(
                    "x/y",
                    sink -> {
                      for (int i = 0; i < PIECES; i++) {
                        made[0] += PIECE.length();
                        sink.write(PIECE);
                      }
                    }));
        var http = servers.session();
        var response = http.get("/")) {
      Tulip.sleep(Duration.ofSeconds(10));
      assertTrue(made[0] > 0 && made[0] <= AHEAD, () -> made[0] + " bytes ahead");
      long size = 0;
      for (Bytes piece; (piece = response.body().read()) != null; ) {
        size += piece.length();
        assertTrue(made[0] - size <= AHEAD);
      }
      assertEquals(100_000_000, size);
    }
  }
}
