// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;
import tulip.http.coding.ContentCodings;
import tulip.http.coding.Decoder;
import tulip.http.multipart.ByteSource;
import tulip.http.protocol.Headers;
import tulip.http.protocol.Status;

/// The body of a request whose content coding is undone while it is read. What comes out has a
/// limit: a thousand times as much may come out as was sent.
final class DecodedBody implements ByteSource {
  private final ByteSource coded;
  private final Decoder decoder;
  private final LongSupplier limit;
  private long size;
  private boolean ended;

  private DecodedBody(ByteSource coded, Decoder decoder, LongSupplier limit) {
    this.coded = coded;
    this.decoder = decoder;
    this.limit = limit;
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
        source = new DecodedBody(source, coding.decoder(), limit);
      }
      return source;
    } catch (MalformedException e) {
      throw HttpError.of(Status.BAD_REQUEST, e);
    }
  }

  @Override
  public @Nullable Bytes read() throws IOException {
    try {
      return next();
    } catch (MalformedException e) {
      throw HttpError.of(Status.BAD_REQUEST, e);
    }
  }

  private @Nullable Bytes next() throws IOException, MalformedException {
    while (!ended) {
      var piece = decoder.take();
      if (piece != null) {
        return counted(piece);
      }
      var more = coded.read();
      if (more == null) {
        ended = true;
        decoder.end();
      } else {
        decoder.put(more);
      }
    }
    return null;
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
    ended = true;
    decoder.close();
    if (coded instanceof DecodedBody inner) {
      inner.close();
    }
  }
}
