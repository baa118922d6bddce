// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

/// What a peer may make this end receive.
///
/// @param message the largest message in bytes, after decompression; 1 MiB if nothing else is said
/// @param frame the largest frame in bytes, as it was sent; 1 MiB
/// @param fragments of how many frames a message may consist; 65,536
public record WebSocketLimits(long message, long frame, int fragments) {
  /// The limits of a connection for which nothing else is said.
  public static final WebSocketLimits DEFAULT =
      new WebSocketLimits(1024 * 1024, 1024 * 1024, 64 * 1024);

  /// Checks them.
  public WebSocketLimits {
    if (message < 0 || frame < 0 || fragments < 1) {
      throw new IllegalArgumentException(
          "messages of " + message + " bytes, frames of " + frame + ", fragments " + fragments);
    }
  }

  /// The same with other sizes of messages and frames.
  public WebSocketLimits withMessage(long bytes) {
    return new WebSocketLimits(bytes, bytes, fragments);
  }

  /// The same with another size of frames.
  public WebSocketLimits withFrame(long frame) {
    return new WebSocketLimits(message, frame, fragments);
  }

  /// The same with another number of fragments.
  public WebSocketLimits withFragments(int fragments) {
    return new WebSocketLimits(message, frame, fragments);
  }
}
