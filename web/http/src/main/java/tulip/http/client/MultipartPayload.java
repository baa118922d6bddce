// SPDX-License-Identifier: Apache-2.0
package tulip.http.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tulip.bytes.Bytes;
import tulip.http.multipart.Boundaries;
import tulip.http.multipart.PartHeads;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;

/// A body of several parts (RFC 2046), each of which is a [Payload] itself. If all have lengths it
/// has one, too.
///
/// ```java
/// var related =
///     MultipartPayload.of("related")
///         .part(Headers.EMPTY, Payload.jsonText("{}"))
///         .part(Headers.of("Content-ID", "<image>"), Payload.file(path));
/// ```
///
/// Immutable. For forms with files there is [FormData].
public final class MultipartPayload implements Payload {
  private static final Bytes LINE_END = Bytes.ofAscii("\r\n");

  private record Piece(Bytes head, Payload content) {}

  private final String subtype;
  private final String boundary;
  private final List<Piece> pieces;

  private MultipartPayload(String subtype, String boundary, List<Piece> pieces) {
    this.subtype = subtype;
    this.boundary = boundary;
    this.pieces = pieces;
  }

  /// A body without parts, which can be sent with one part at least.
  ///
  /// @param subtype such as `form-data`, `mixed` or `related`
  public static MultipartPayload of(String subtype) {
    return of(subtype, Boundaries.random());
  }

  /// A body with a boundary of one's own, which must stand in no part.
  ///
  /// @throws IllegalArgumentException if it is none
  public static MultipartPayload of(String subtype, String boundary) {
    return new MultipartPayload(subtype, Boundaries.check(boundary), List.of());
  }

  /// The same with a part more.
  ///
  /// @param headers of the part; its type comes from the content, if they do not name one
  public MultipartPayload part(Headers headers, Payload content) {
    var type = content.contentType();
    var all =
        type == null || headers.contains(HeaderName.CONTENT_TYPE)
            ? headers
            : headers.toBuilder().add(HeaderName.CONTENT_TYPE, type).build();
    var more = new ArrayList<>(pieces);
    var dashes = (pieces.isEmpty() ? "" : "\r\n") + "--" + boundary;
    more.add(new Piece(Bytes.concat(Bytes.ofAscii(dashes), PartHeads.format(all)), content));
    return new MultipartPayload(subtype, boundary, List.copyOf(more));
  }

  @Override
  public String contentType() {
    boolean token = boundary.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-');
    return "multipart/" + subtype + "; boundary=" + (token ? boundary : '"' + boundary + '"');
  }

  private Bytes end() {
    return Bytes.concat(LINE_END, Bytes.ofAscii("--" + boundary + "--"), LINE_END);
  }

  @Override
  public long length() {
    long length = end().length();
    for (var piece : pieces) {
      long content = piece.content.length();
      if (content < 0) {
        return -1;
      }
      length += piece.head.length() + content;
    }
    return length;
  }

  @Override
  public boolean isRepeatable() {
    return pieces.stream().allMatch(piece -> piece.content.isRepeatable());
  }

  @Override
  public void write(PayloadSink sink) throws IOException {
    if (pieces.isEmpty()) {
      throw new IllegalStateException("a body of several parts that has none");
    }
    for (var piece : pieces) {
      sink.write(piece.head);
      piece.content.write(sink);
    }
    sink.write(end());
  }
}
