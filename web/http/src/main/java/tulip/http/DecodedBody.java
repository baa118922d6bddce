// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.coding.ByteSource;
import tulip.http.coding.ContentCoding;
import tulip.http.coding.ContentCodings;
import tulip.http.coding.DecodedSource;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Status;

/// The body of a request whose content coding is undone while it is read. What comes out has a
/// limit: a thousand times as much may come out as was sent.
final class DecodedBody implements ByteSource {
  private final ByteSource coded;
  private final DecodedSource decoded;
  private final LongSupplier limit;
  private long size;

  private DecodedBody(ByteSource coded, ContentCoding coding, LongSupplier limit) {
    this.coded = coded;
    this.limit = limit;
    decoded = new DecodedSource(coded, coding, DecodedBody::refuse);
  }

  private static void refuse(MalformedException why) {
    throw HttpError.of(Status.BAD_REQUEST, why);
  }

  /// Undoes all codings that the request names.
  ///
  /// @param limit for what comes out of each of them
  /// @throws HttpError 415 if one of them is not known
  static ByteSource of(
      ByteSource coded, Headers headers, ContentCodings known, LongSupplier limit) {
    try {
      var codings = known.of(headers);
      if (codings == null) {
        throw new HttpError(Status.UNSUPPORTED_MEDIA_TYPE, "an unknown content coding")
            .header("Accept-Encoding", known.names());
      }
      var source = coded;
      for (var coding : codings) {
        source = new DecodedBody(source, coding, limit);
      }
      return source;
    } catch (MalformedException e) {
      throw HttpError.of(Status.BAD_REQUEST, e);
    }
  }

  @Override
  public @Nullable Bytes read() throws IOException {
    var piece = decoded.read();
    return piece == null ? null : counted(piece);
  }

  private Bytes counted(Bytes piece) {
    size += piece.length();
    if (size > limit.getAsLong()) {
      throw new HttpError(
          Status.CONTENT_TOO_LARGE, "more than " + limit.getAsLong() + " bytes when decoded");
    }
    return piece;
  }

  /// Gives up the decoders' memory.
  void close() {
    decoded.close();
    if (coded instanceof DecodedBody inner) {
      inner.close();
    }
  }
}
