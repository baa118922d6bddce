// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.core.Tulip;
import tulip.http.fields.HttpDate;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Status;

/// Downloads something into a file, and goes on where an earlier attempt was cut off.
///
/// What has come is kept in a file beside it, whose name ends in `.part`, and whose time is that of
/// the resource: if this has changed meanwhile the download begins anew (If-Range, RFC 9110,
/// section 13.1.5). When all is there the file gets its name; before that there is none of that
/// name, or the old one.
public final class Download {
  /// Files are written off the loop, in pieces of this size.
  private static final int PIECE = 256 * 1024;

  private final HttpSession session;
  private final ClientRequest request;
  private final Path file;
  private final Path part;

  /// How much had come before.
  private long offset;

  private Download(HttpSession session, ClientRequest request, Path file) {
    this.session = session;
    this.request = request;
    this.file = file;
    part = file.resolveSibling(file.getFileName() + ".part");
  }

  /// Downloads a file.
  ///
  /// @param request a GET; its progress counts what had come before
  /// @return how many bytes the file has
  /// @throws StatusException if the server answers with an error
  /// @throws IOException if it does not come to its end; what has come is kept
  public static long run(HttpSession session, ClientRequest request, Path file) throws IOException {
    return new Download(session, request, file).run();
  }

  /// What an earlier attempt has left.
  ///
  /// @param size how many bytes
  /// @param modified the time of the resource
  private record Left(long size, Instant modified) {}

  private long run() throws IOException {
    var left = Tulip.blocking(this::look);
    try (var response = session.send(left == null ? counted() : resuming(left))) {
      if (left == null || !isComplete(response, left)) {
        response.raiseForStatus();
        receive(response, left != null && beginsAt(response, left.size()) ? left.size() : 0);
      }
    }
    return Tulip.blocking(this::finish);
  }

  private @Nullable Left look() throws IOException {
    try {
      return new Left(Files.size(part), Files.getLastModifiedTime(part).toInstant());
    } catch (NoSuchFileException _) {
      return null;
    }
  }

  // ---- asking ----

  private ClientRequest counted() {
    var progress = request.downloadProgress();
    return progress == null
        ? request
        : request.downloadProgress(
            (done, total) -> progress.at(offset + done, total < 0 ? total : offset + total));
  }

  private ClientRequest resuming(Left left) {
    return counted()
        .header(HeaderName.RANGE, "bytes=" + left.size() + "-")
        .header(HeaderName.IF_RANGE, HttpDate.format(left.modified()));
  }

  /// Nothing is missing, if the server has no more than that.
  private static boolean isComplete(ClientResponse response, Left left) {
    return response.status().code() == Status.RANGE_NOT_SATISFIABLE.code()
        && ("bytes */" + left.size()).equals(response.header(HeaderName.CONTENT_RANGE));
  }

  private static boolean beginsAt(ClientResponse response, long from) {
    var range = response.header(HeaderName.CONTENT_RANGE);
    return response.status().code() == Status.PARTIAL_CONTENT.code()
        && range != null
        && range.startsWith("bytes " + from + "-");
  }

  // ---- writing ----

  private void receive(ClientResponse response, long from) throws IOException {
    if (from == 0 && response.status().code() == Status.PARTIAL_CONTENT.code()) {
      throw new ContentException(request + ": a part that was not asked for");
    }
    offset = from;
    try (var channel = Tulip.blocking(this::openPart)) {
      write(response.body(), channel);
    } finally {
      var time = modified(response);
      Tulip.<IOException>shield(() ->
          Tulip.<IOException>blocking(() -> {
            Files.setLastModifiedTime(part, time);
          }));
    }
  }

  private FileChannel openPart() throws IOException {
    var channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    return channel.truncate(offset).position(offset);
  }

  private static void write(ResponseBody body, FileChannel channel) throws IOException {
    var gathered = new ByteWriter(2 * PIECE);
    try {
      for (Bytes piece; (piece = body.read()) != null; ) {
        gathered.put(piece);
        if (gathered.size() >= PIECE) {
          write(gathered, channel);
        }
      }
    } finally {
      Tulip.<IOException>shield(() -> write(gathered, channel));
    }
  }

  private static void write(ByteWriter gathered, FileChannel channel) throws IOException {
    var bytes = gathered.toBytes().asByteBuffer();
    gathered.clear();
    Tulip.<IOException>blocking(() -> {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    });
  }

  /// Of a resource that has no time nothing can be resumed.
  private static FileTime modified(ClientResponse response) {
    var text = response.header(HeaderName.LAST_MODIFIED);
    var time = text == null ? null : HttpDate.parse(text);
    return FileTime.from(time == null ? Instant.EPOCH : time);
  }

  private long finish() throws IOException {
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return Files.size(file);
  }
}
