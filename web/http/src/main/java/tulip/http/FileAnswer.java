// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;
import tulip.http.fields.ByteRange;
import tulip.http.fields.EntityTag;
import tulip.http.fields.HttpDate;
import tulip.http.fields.Preconditions;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Method;
import tulip.http.protocol.Status;

/// Answers a request with a file: all of it, the range that is asked for, or that the client has
/// it.
///
/// @param size in bytes
/// @param current its tag, of size and time, and when it was changed
record FileAnswer(Request request, Path file, long size, Preconditions.Current current) {
  /// Looks at a file.
  ///
  /// @throws HttpError 404 if it is no file that can be read
  static FileAnswer of(Request request, Path file) throws IOException {
    var facts = facts(file);
    if (!facts.isRegularFile()) {
      throw new HttpError(Status.NOT_FOUND);
    }
    var modified = facts.lastModifiedTime().toInstant();
    var version =
        Long.toHexString(modified.getEpochSecond())
            + Integer.toHexString(modified.getNano())
            + "-"
            + Long.toHexString(facts.size());
    var current = new Preconditions.Current(new EntityTag(version, false), modified);
    return new FileAnswer(request, file, facts.size(), current);
  }

  private static BasicFileAttributes facts(Path file) throws IOException {
    try {
      return Tulip.blocking(() -> Files.readAttributes(file, BasicFileAttributes.class));
    } catch (FileSystemException _) {
      throw new HttpError(Status.NOT_FOUND);
    }
  }

  Response response() {
    return switch (Preconditions.evaluate(request.head(), current)) {
      case FAILED -> throw new HttpError(Status.PRECONDITION_FAILED);
      case NOT_MODIFIED -> Response.empty(Status.NOT_MODIFIED).headers(version().build());
      case PROCEED -> content();
    };
  }

  private Response content() {
    var ranges = ranges();
    if (ranges == null || ranges.size() > 1) { // of several, each client takes all as well
      return part(Status.OK, describe().build(), 0, size);
    }
    if (ranges.isEmpty()) {
      throw new HttpError(Status.RANGE_NOT_SATISFIABLE).header("Content-Range", "bytes */" + size);
    }
    var range = ranges.getFirst();
    var headers = describe().add(HeaderName.CONTENT_RANGE, range.contentRange(size)).build();
    return part(Status.PARTIAL_CONTENT, headers, range.first(), range.length());
  }

  private @Nullable List<ByteRange> ranges() {
    var asked = request.header(HeaderName.RANGE);
    return asked != null
            && request.method().equals(Method.GET)
            && Preconditions.rangeApplies(request.headers(), current)
        ? ByteRange.parse(asked, size)
        : null;
  }

  private Response part(Status status, Headers headers, long position, long length) {
    return Response.filePart(status, headers, file, position, length);
  }

  private Headers.Builder describe() {
    return version()
        .add(HeaderName.CONTENT_TYPE, FileTypes.of(file))
        .add(HeaderName.ACCEPT_RANGES, "bytes");
  }

  private Headers.Builder version() {
    return Headers.builder()
        .add(HeaderName.ETAG, String.valueOf(current.tag()))
        .add(HeaderName.LAST_MODIFIED, HttpDate.format(Objects.requireNonNull(current.modified())));
  }
}
