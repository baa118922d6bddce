// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tulip.core.Tulip;
import tulip.http.fields.ByteRange;
import tulip.http.fields.HttpDate;
import tulip.http.fields.Preconditions;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Method;
import tulip.http.protocol.Status;

/// Answers a request with a file: all of it, the ranges that are asked for, or that the client has
/// it.
record FileAnswer(Request request, StoredFile file) {
  /// Looks at a file.
  ///
  /// @throws HttpError 404 if it is no file that can be read
  static FileAnswer of(Request request, Path path) throws IOException {
    var file = Tulip.blocking(() -> StoredFile.find(path, request.headers()));
    if (file == null) {
      throw new HttpError(Status.NOT_FOUND);
    }
    return new FileAnswer(request, file);
  }

  Response response() {
    return switch (Preconditions.evaluate(request.head(), file.current())) {
      case FAILED -> throw new HttpError(Status.PRECONDITION_FAILED);
      case NOT_MODIFIED -> Response.empty(Status.NOT_MODIFIED).headers(version().build());
      case PROCEED -> content();
    };
  }

  private Response content() {
    var ranges = ranges();
    if (ranges == null) {
      return part(Status.OK, describe().build(), new ByteRange(0, Math.max(0, file.size() - 1)));
    }
    if (ranges.isEmpty()) {
      throw new HttpError(Status.RANGE_NOT_SATISFIABLE)
          .header("Content-Range", "bytes */" + file.size());
    }
    if (ranges.size() > 1) {
      return new FileRanges(file, ranges).response(describe());
    }
    var range = ranges.getFirst();
    var headers = describe().add(HeaderName.CONTENT_RANGE, range.contentRange(file.size())).build();
    return part(Status.PARTIAL_CONTENT, headers, range);
  }

  /// Whoever asks for more than there is, by ranges that overlap, gets all of it instead.
  private @Nullable List<ByteRange> ranges() {
    var asked = request.header(HeaderName.RANGE);
    var ranges =
        asked != null
                && request.method().equals(Method.GET)
                && Preconditions.rangeApplies(request.headers(), file.current())
            ? ByteRange.parse(asked, file.size())
            : null;
    boolean tooMuch =
        ranges != null && ranges.stream().mapToLong(ByteRange::length).sum() > file.size();
    return tooMuch ? null : ranges;
  }

  private Response part(Status status, Headers headers, ByteRange range) {
    long length = Math.min(range.length(), file.size()); // of an empty file nothing
    return Response.filePart(status, headers, file.path(), range.first(), length);
  }

  private Headers.Builder describe() {
    return version()
        .add(HeaderName.CONTENT_TYPE, file.type())
        .add(HeaderName.ACCEPT_RANGES, "bytes");
  }

  private Headers.Builder version() {
    var current = file.current();
    var headers =
        Headers.builder()
            .add(HeaderName.ETAG, String.valueOf(current.tag()))
            .add(
                HeaderName.LAST_MODIFIED,
                HttpDate.format(Objects.requireNonNull(current.modified())));
    if (file.coding() != null) {
      headers.add(HeaderName.CONTENT_ENCODING, file.coding());
    }
    return file.varies() ? headers.add(HeaderName.VARY, "Accept-Encoding") : headers;
  }
}
