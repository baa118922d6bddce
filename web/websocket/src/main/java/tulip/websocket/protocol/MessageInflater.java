// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// Decompresses what one end of a connection receives (RFC 7692, section 7.2.2), a piece at a time:
/// a few bytes may stand for a thousand times as many.
final class MessageInflater {
  /// What the sender has left out at the end of a message.
  private static final byte[] FLUSH_MARK = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private enum Phase {
    /// There is more to be fed.
    INSIDE,
    /// The last bytes were fed, and the mark was not.
    LAST,
    MARKED
  }

  private final boolean takeover;
  private final ZlibPool pool;
  private final History history;

  /// Lent from the first byte of a message to its last.
  private @Nullable Inflater inflater;

  private byte[] input = FLUSH_MARK;
  private Phase phase = Phase.INSIDE;

  /// What comes behind all that has come out before it.
  private @Nullable WebSocketProtocolException failure;

  /// @param windowBits how far the peer looks back: 2 to the power of 8 to 15
  /// @param takeover whether one message may refer back to another
  MessageInflater(int windowBits, boolean takeover, ZlibPool pool) {
    this.takeover = takeover;
    this.pool = pool;
    this.history = new History(1 << windowBits);
  }

  /// Takes compressed bytes in; those before must have come out.
  ///
  /// @param last whether the message ends with them
  void feed(byte[] compressed, boolean last) {
    if (inflater == null) {
      inflater = pool.takeInflater();
      history.teach(inflater);
    }
    setInput(inflater, compressed);
    phase = last ? Phase.LAST : Phase.INSIDE;
  }

  /// Gives out some of what is in it.
  ///
  /// @return empty if more must be fed, or the message is at its end
  Bytes next() throws WebSocketProtocolException {
    if (failure != null) {
      throw failure;
    }
    byte[] out = pool.scratch();
    int size = 0;
    while (inflater != null && failure == null && size < out.length) {
      int n = inflate(inflater, out, size);
      history.append(out, size, n);
      size += n;
      if (n == 0 && failure == null && !goOn(inflater)) {
        break;
      }
    }
    return Bytes.copyOf(out, 0, size);
  }

  /// @return whether there is more, though nothing came out
  private boolean goOn(Inflater inflater) {
    if (inflater.finished()) {
      beginAnew(inflater);
      return true;
    }
    switch (phase) {
      case INSIDE -> {
        return false;
      }
      case LAST -> {
        setInput(inflater, FLUSH_MARK);
        phase = Phase.MARKED;
        return true;
      }
      case MARKED -> end();
    }
    return true;
  }

  /// Whether all has come out that was fed.
  boolean isDrained() {
    return inflater == null || (failure == null && phase == Phase.INSIDE && inflater.needsInput());
  }

  private void setInput(Inflater inflater, byte[] bytes) {
    input = bytes;
    inflater.setInput(bytes);
  }

  /// What came out ahead of bad data counts: whether it is too much, or no text, must not depend on
  /// the pieces that it came in.
  private int inflate(Inflater inflater, byte[] out, int from) {
    long before = inflater.getBytesWritten();
    try {
      return inflater.inflate(out, from, out.length - from);
    } catch (DataFormatException e) {
      failure =
          WebSocketProtocolException.of(
              CloseStatus.INVALID_DATA, "data that cannot be decompressed: " + e.getMessage());
      return (int) (inflater.getBytesWritten() - before);
    }
  }

  /// A sender may end its stream and begin another one, within a message too (RFC 7692, section
  /// 7.2.3.4).
  private void beginAnew(Inflater inflater) {
    int rest = inflater.getRemaining();
    inflater.reset();
    history.teach(inflater);
    inflater.setInput(input, input.length - rest, rest);
  }

  /// Gives the decompressor back.
  void end() {
    if (inflater != null) {
      pool.give(inflater);
      inflater = null;
      input = FLUSH_MARK;
    }
    if (!takeover) {
      history.clear();
    }
  }
}
