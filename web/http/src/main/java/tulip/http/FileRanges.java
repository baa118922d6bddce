// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.util.List;
import java.util.UUID;
import tulip.bytes.Bytes;
import tulip.http.fields.ByteRange;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Status;

/// Several ranges of a file in one response, as `multipart/byteranges` (RFC 9110, section 14.6).
record FileRanges(StoredFile file, List<ByteRange> ranges) {
  Response response(Headers.Builder headers) {
    var boundary = UUID.randomUUID().toString(); // the file must not have it
    var end = Bytes.ofAscii("\r\n--" + boundary + "--\r\n");
    long length = end.length();
    for (var range : ranges) {
      length += head(range, boundary).length() + range.length();
    }
    headers.set(HeaderName.CONTENT_TYPE, "multipart/byteranges; boundary=" + boundary);
    return Response.stream(
            "multipart/byteranges",
            length,
            sink -> {
              for (var range : ranges) {
                sink.write(head(range, boundary));
                new Body.FilePart(file.path(), range.first(), range.length()).copyTo(sink);
              }
              sink.write(end);
            })
        .status(Status.PARTIAL_CONTENT)
        .headers(headers.build());
  }

  private Bytes head(ByteRange range, String boundary) {
    return Bytes.ofAscii(
        "\r\n--"
            + boundary
            + "\r\nContent-Type: "
            + file.type()
            + "\r\nContent-Range: "
            + range.contentRange(file.size())
            + "\r\n\r\n");
  }
}
