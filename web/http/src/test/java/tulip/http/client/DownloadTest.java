// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.http.Request;
import tulip.http.Response;
import tulip.http.fields.HttpDate;
import tulip.testing.TulipTest;
import tulip.testing.TulipTest.Clock;

/// Downloads into files, cut off and resumed.
@TulipTest(clock = Clock.REAL)
class DownloadTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SIZE = 1_000_000;

  @TempDir private Path folder;
  private Path source;
  private Path target;
  private Path part;
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void makeFile() throws IOException {
    byte[] content = new byte[SIZE];
    new Random(7).nextBytes(content);
    source = Files.write(folder.resolve("source"), content);
    Files.setLastModifiedTime(source, FileTime.from(TIME));
    target = folder.resolve("target");
    part = folder.resolve("target.part");
  }

  /// `/cut` ends after half of it.
  private Response site(Request request) throws IOException {
    asked.add(request.header("Range") + "");
    if (request.path().equals("/cut")) {
      var content = Files.readAllBytes(source);
      return Response.stream(
              "application/octet-stream",
              SIZE,
              sink -> {
                sink.write(Bytes.wrap(content, 0, SIZE / 2));
                throw new IOException("cut");
              })
          .header("Last-Modified", HttpDate.format(TIME));
    }
    return Response.file(request, source);
  }

  private void assertWhole() throws IOException {
    assertEquals(-1, Files.mismatch(source, target));
    assertFalse(Files.exists(part));
  }

  @TulipTest
  void wholeAndWithProgress() throws IOException {
    var progress = new ArrayList<Long>();
    try (var servers = Servers.serving(this::site);
        var http = servers.session()) {
      var request =
          ClientRequest.get("/")
              .downloadProgress((done, total) -> {
                progress.add(done);
                assertEquals(SIZE, total);
              });
      assertEquals(SIZE, Download.run(http, request, target));
      assertWhole();
      assertEquals(SIZE, progress.getLast());
      assertEquals(List.of("null"), asked);
    }
  }

  @TulipTest
  void goesOnWhereItWasCutOff() throws IOException {
    var progress = new ArrayList<String>();
    try (var servers = Servers.serving(this::site);
        var http = servers.session()) {
      assertThrows(IOException.class, () -> Download.run(http, ClientRequest.get("/cut"), target));
      assertFalse(Files.exists(target));
      long size = Files.size(part);
      assertTrue(size > 0 && size <= SIZE / 2);
      var request =
          ClientRequest.get("/")
              .downloadProgress((done, total) -> progress.add(done + "/" + total));
      Download.run(http, request, target);
      assertWhole();
      assertEquals(List.of("null", "bytes=" + size + "-"), asked);
      assertEquals(SIZE + "/" + SIZE, progress.getLast());
    }
  }

  @TulipTest
  void beginsAnewIfTheResourceHasChanged() throws IOException {
    try (var servers = Servers.serving(this::site);
        var http = servers.session()) {
      assertThrows(IOException.class, () -> Download.run(http, ClientRequest.get("/cut"), target));
      Files.setLastModifiedTime(source, FileTime.from(TIME.plusSeconds(1)));
      Download.run(http, ClientRequest.get("/"), target);
      assertWhole();
    }
  }

  @TulipTest
  void nothingIsMissing() throws IOException {
    try (var servers = Servers.serving(this::site);
        var http = servers.session()) {
      Files.copy(source, part);
      Files.setLastModifiedTime(part, FileTime.from(TIME));
      Files.writeString(target, "old");
      assertEquals(SIZE, Download.run(http, ClientRequest.get("/"), target));
      assertWhole();
    }
  }

  @TulipTest
  void errorsLeaveNothing() throws IOException {
    try (var servers = Servers.serving(request -> Response.text("no").status(404));
        var http = servers.session()) {
      assertThrows(StatusException.class, () -> Download.run(http, ClientRequest.get("/"), target));
      assertFalse(Files.exists(target) || Files.exists(part));
    }
  }

  @TulipTest
  void aCancelledOneKeepsWhatHasCome() throws IOException {
    try (var servers =
            Servers.serving(request ->
                Response.stream(
                        "x/y",
                        SIZE,
                        sink -> {
                          sink.write(Bytes.wrap(new byte[100]));
                          sink.flush();
                          Tulip.sleepForever();
                        })
                    .header("Last-Modified", HttpDate.format(TIME)));
        var http = servers.session()) {
      assertFalse(
          Tulip.moveOnAfter(
              Duration.ofMillis(300), () -> Download.run(http, ClientRequest.get("/"), target)));
      assertEquals(100, Files.size(part));
      assertEquals(TIME, Files.getLastModifiedTime(part).toInstant());
      assertTrue(http.connectionCount() == 0);
    }
  }
}
