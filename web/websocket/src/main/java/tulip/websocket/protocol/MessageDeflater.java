// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;

/// Compresses what one end of a connection sends (RFC 7692, section 7.2.1).
///
/// The JDK's compressor always looks back 32 KiB; a peer may demand that less is looked back. So
/// data is compressed in pieces of half of what is allowed, each by a compressor that was reset and
/// then taught the other half: what no compressor has seen, it cannot refer to. The result is one
/// stream, since each piece ends at a byte.
final class MessageDeflater {
  private static final int LARGEST_WINDOW = 1 << 15;
  private static final int FLUSH_MARK = 4; // 00 00 FF FF, which the end of a message leaves out
  private static final Bytes NOTHING = Bytes.wrap(new byte[1]);

  private final int window;
  private final int level;
  private final ZlibPool pool;
  private final @Nullable History history;

  /// @param windowBits how far may be looked back: 2 to the power of 8 to 15
  /// @param takeover whether one message may refer back to another
  MessageDeflater(int windowBits, boolean takeover, int level, ZlibPool pool) {
    this.window = 1 << windowBits;
    this.level = level;
    this.pool = pool;
    this.history = takeover ? new History(window) : null;
  }

  /// How many bits the window has: equal ones compress equally, if there is no history.
  int windowBits() {
    return Integer.numberOfTrailingZeros(window);
  }

  /// Compresses a message or a fragment; to be remembered if it is sent.
  ///
  /// @param last whether the message ends with it
  Bytes deflate(Bytes payload, boolean last) {
    return deflate(payload, last, history == null ? new History(window) : history);
  }

  /// As [#deflate], without looking back at other messages: everybody understands it.
  Bytes deflateAlone(Bytes payload) {
    return deflate(payload, true, new History(window));
  }

  private Bytes deflate(Bytes payload, boolean last, History past) {
    if (payload.isEmpty()) {
      return last ? NOTHING : Bytes.EMPTY;
    }
    var out = new ByteWriter(Integer.MAX_VALUE - 8);
    var deflater = pool.takeDeflater(level);
    try {
      past.teach(deflater, reach(payload.length()));
      for (int at = 0; at < payload.length(); at += piece()) {
        int end = Math.min(payload.length(), at + piece());
        if (at > 0) {
          lookBack(deflater, payload.slice(at - piece(), at));
        }
        deflater.setInput(payload.slice(at, end).asByteBuffer());
        drain(deflater, out);
      }
    } finally {
      pool.give(deflater);
    }
    var all = out.toBytes();
    return last ? all.slice(0, all.length() - FLUSH_MARK) : all;
  }

  /// How far the first piece may look back at what was before the payload.
  private int reach(int length) {
    return window == LARGEST_WINDOW ? window : window - Math.min(length, piece());
  }

  /// How much goes through the compressor between two resets.
  private int piece() {
    return window == LARGEST_WINDOW ? Integer.MAX_VALUE : window / 2;
  }

  private static void lookBack(Deflater deflater, Bytes before) {
    deflater.reset();
    deflater.setDictionary(before.toByteArray());
  }

  private void drain(Deflater deflater, ByteWriter out) {
    byte[] scratch = pool.scratch();
    int n;
    do {
      n = deflater.deflate(scratch, 0, scratch.length, Deflater.SYNC_FLUSH);
      out.put(scratch, 0, n);
    } while (n == scratch.length);
  }

  /// The peer has these bytes now, from a message that was compressed.
  void remember(Bytes payload) {
    if (history != null) {
      int recent = Math.max(0, payload.length() - window);
      byte[] end = payload.slice(recent).toByteArray();
      history.append(end, 0, end.length);
    }
  }

  /// Nobody knows what the peer has: nothing before the next message is referred to.
  void forget() {
    if (history != null) {
      history.clear();
    }
  }
}
