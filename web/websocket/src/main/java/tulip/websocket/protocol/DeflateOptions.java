// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.util.zip.Deflater;

/// How messages are compressed if the peer can do that too: permessage-deflate (RFC 7692).
///
/// A window is how far compressed data may refer back. With takeover it reaches into the messages
/// before, which makes small ones much smaller, and costs up to the size of the window in memory
/// for each direction of each connection that has compressed something.
///
/// @param level 1, fast, to 9, small; -1 for zlib's own choice
/// @param threshold messages of fewer bytes are sent as they are
/// @param sendBits the window of what is sent: 2 to the power of 8 to 15
/// @param sendTakeover whether what is sent refers back to messages before
/// @param receiveBits the window that the peer is asked for
/// @param receiveTakeover whether the peer may refer back to messages before
public record DeflateOptions(
    int level,
    int threshold,
    int sendBits,
    boolean sendTakeover,
    int receiveBits,
    boolean receiveTakeover) {
  /// For clients: windows of 32 KiB.
  public static final DeflateOptions CLIENT =
      new DeflateOptions(Deflater.DEFAULT_COMPRESSION, 64, 15, true, 15, true);

  /// For servers, which have many connections: windows of 4 KiB.
  public static final DeflateOptions SERVER =
      new DeflateOptions(Deflater.DEFAULT_COMPRESSION, 64, 12, true, 12, true);

  /// Checks them.
  public DeflateOptions {
    if (level < -1 || level > 9 || threshold < 0) {
      throw new IllegalArgumentException("level " + level + ", threshold " + threshold);
    }
    if (!DeflateParameters.isWindow(sendBits) || !DeflateParameters.isWindow(receiveBits)) {
      throw new IllegalArgumentException(
          "windows have 8 to 15 bits, not " + sendBits + " and " + receiveBits);
    }
  }

  /// The same with another level.
  public DeflateOptions withLevel(int level) {
    return new DeflateOptions(
        level, threshold, sendBits, sendTakeover, receiveBits, receiveTakeover);
  }

  /// The same with another threshold.
  public DeflateOptions withThreshold(int threshold) {
    return new DeflateOptions(
        level, threshold, sendBits, sendTakeover, receiveBits, receiveTakeover);
  }

  /// The same with other windows.
  public DeflateOptions withWindows(int sendBits, int receiveBits) {
    return new DeflateOptions(
        level, threshold, sendBits, sendTakeover, receiveBits, receiveTakeover);
  }

  /// The same with messages that refer back to others, or not.
  public DeflateOptions withTakeover(boolean send, boolean receive) {
    return new DeflateOptions(level, threshold, sendBits, send, receiveBits, receive);
  }
}
