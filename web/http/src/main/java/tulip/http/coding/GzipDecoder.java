// SPDX-License-Identifier: Apache-2.0
package tulip.http.coding;

import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteQueue;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// gzip: a header, compressed data, their checksum and size; and perhaps the same again (RFC 1952,
/// section 2.2). What stands behind and is no such member is passed over, as everybody does.
final class GzipDecoder implements Decoder {
  private enum State {
    HEADER,
    DATA,
    TRAILER,
    PADDING
  }

  private static final int FIXED = 10;
  private static final int TRAILER = 8;
  private static final int LONGEST_HEADER = 64 * 1024 + 1024;
  private static final int MAGIC = 0x1F8B;
  private static final int DEFLATE = 8;
  private static final int HAS_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  private final ByteQueue input = new ByteQueue(Integer.MAX_VALUE - 8);
  private final Inflation inflation = new Inflation(true);
  private final CRC32 checksum = new CRC32();
  private State state = State.HEADER;
  private long size;
  private boolean begun;

  @Override
  public void put(Bytes coded) {
    input.put(coded);
    begun |= !coded.isEmpty();
  }

  @Override
  public @Nullable Bytes take() throws MalformedException {
    Bytes piece = null;
    boolean goesOn = true;
    while (piece == null && goesOn) {
      switch (state) {
        case HEADER -> goesOn = header();
        case DATA -> {
          piece = data();
          goesOn = state == State.TRAILER;
        }
        case TRAILER -> goesOn = trailer();
        case PADDING -> goesOn = padding();
      }
    }
    return piece;
  }

  /// Passes over a header.
  ///
  /// @return whether it was all there
  private boolean header() throws MalformedException {
    if (input.has(2) && input.peekUnsignedShort(0) != MAGIC) {
      throw new MalformedException("the body does not begin as gzip does");
    }
    int length = headerLength();
    if (length < 0) {
      if (input.size() > LONGEST_HEADER) {
        throw new MalformedException("a header of gzip above " + LONGEST_HEADER + " bytes");
      }
      return false;
    }
    input.skip(length);
    inflation.reset();
    checksum.reset();
    size = 0;
    state = State.DATA;
    return true;
  }

  /// @return -1 if it is not all there
  private int headerLength() throws MalformedException {
    if (!input.has(FIXED)) {
      return -1;
    }
    if (input.peekUnsignedByte(2) != DEFLATE) {
      throw new MalformedException("gzip with an unknown method");
    }
    int flags = input.peekUnsignedByte(3);
    int at = FIXED;
    if ((flags & HAS_EXTRA) != 0) {
      if (!input.has(at + 2)) {
        return -1;
      }
      at += 2 + input.peekUnsignedShortLE(at);
    }
    for (int text : new int[] {HAS_NAME, HAS_COMMENT}) {
      if ((flags & text) != 0) {
        int end = input.has(at + 1) ? input.indexOf((byte) 0, at) : -1;
        if (end < 0) {
          return -1;
        }
        at = end + 1;
      }
    }
    at += (flags & HAS_CHECKSUM) == 0 ? 0 : 2;
    return input.has(at) ? at : -1;
  }

  private @Nullable Bytes data() throws MalformedException {
    var piece = inflation.take(input);
    if (piece != null) {
      checksum.update(piece.asByteBuffer());
      size += piece.length();
    }
    if (inflation.isFinished()) {
      state = State.TRAILER;
    }
    return piece;
  }

  private boolean trailer() throws MalformedException {
    if (!input.has(TRAILER)) {
      return false;
    }
    boolean right =
        input.peekIntLE(0) == (int) checksum.getValue() && input.peekIntLE(4) == (int) size;
    if (!right) {
      throw new MalformedException("the checksum of the gzip body is wrong");
    }
    input.skip(TRAILER);
    state = State.PADDING;
    return true;
  }

  private boolean padding() {
    if (input.has(2) && input.peekUnsignedShort(0) == MAGIC) {
      state = State.HEADER;
      return true;
    }
    if (input.has(2)) {
      input.clear();
    }
    return false;
  }

  @Override
  public void end() throws MalformedException {
    if (begun && state != State.PADDING) {
      throw new MalformedException("the end of the gzip body is missing");
    }
  }

  @Override
  public void close() {
    inflation.close();
  }
}
