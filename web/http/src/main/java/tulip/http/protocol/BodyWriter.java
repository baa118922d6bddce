// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;

/// Frames the body of one message that is being sent.
final class BodyWriter {
  /// How the peer knows the end of the body.
  enum Framing {
    /// There is none.
    NONE,
    /// It would be there for another method than HEAD, and is not sent.
    LEFT_OUT,
    /// By its length.
    LENGTH,
    /// In chunks.
    CHUNKED,
    /// By the end of the connection.
    OPEN
  }

  private static final Bytes LAST_CHUNK = Bytes.ofAscii("0\r\n");

  private final Framing framing;
  private long rest;
  private boolean inPiece;

  /// @param length what is to come, if framed by it
  BodyWriter(Framing framing, long length) {
    this.framing = framing;
    this.rest = length;
  }

  boolean isOpen() {
    return framing == Framing.OPEN;
  }

  /// Announces a piece.
  ///
  /// @return whether its bytes are to be sent
  boolean begin(long length, ByteWriter out) {
    if (inPiece) {
      throw new IllegalStateException("the piece before has not been ended");
    }
    switch (framing) {
      case LEFT_OUT -> {
        return false;
      }
      case NONE -> {
        if (length > 0) {
          throw new IllegalStateException("this message has no body");
        }
      }
      case LENGTH -> {
        if (length > rest) {
          throw new IllegalStateException(
              "a piece of " + length + " bytes, where " + rest + " are left of Content-Length");
        }
        rest -= length;
      }
      case CHUNKED -> {
        if (length > 0) { // an empty chunk would end the body
          out.putHex(length).put(HeadWriter.CRLF);
          inPiece = true;
        }
      }
      case OPEN -> {}
    }
    return length > 0;
  }

  /// Ends the piece that was begun.
  void end(ByteWriter out) {
    if (inPiece) {
      out.put(HeadWriter.CRLF);
      inPiece = false;
    }
  }

  /// Ends the body.
  void finish(Headers trailers, ByteWriter out) {
    if (inPiece) {
      throw new IllegalStateException("the piece before has not been ended");
    }
    if (framing == Framing.LENGTH && rest > 0) {
      throw new IllegalStateException(rest + " bytes are missing of Content-Length");
    }
    if (framing == Framing.CHUNKED) {
      checkTrailers(trailers);
      out.put(LAST_CHUNK);
      HeadWriter.fields(trailers, out);
      out.put(HeadWriter.CRLF);
    } else if (framing != Framing.LEFT_OUT && !trailers.isEmpty()) {
      throw new IllegalStateException("only a chunked body can have trailers");
    }
  }

  private static void checkTrailers(Headers trailers) {
    var forbidden = Trailers.forbidden(trailers);
    if (forbidden != null) {
      throw new IllegalArgumentException(forbidden + " cannot be a trailer");
    }
  }
}
