// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import static tulip.websocket.protocol.WebSocketProtocolException.malformed;
import static tulip.websocket.protocol.WebSocketProtocolException.tooBig;

import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.bytes.Utf8Validator;

/// The message that is being received: whether its frames belong together, what it decompresses to,
/// whether it is text.
final class IncomingMessage {
  private final WebSocketLimits limits;
  private final @Nullable MessageInflater inflater;
  private final Utf8Validator validator = new Utf8Validator();

  /// A frame has come, and not the last one.
  private boolean open;

  private boolean text;
  private boolean compressed;

  /// The last frame is there in full.
  private boolean complete;

  private int fragments;
  private long size;

  IncomingMessage(WebSocketLimits limits, @Nullable MessageInflater inflater) {
    this.limits = limits;
    this.inflater = inflater;
  }

  /// Begins a frame of data.
  void begin(FrameHeader frame) throws WebSocketProtocolException {
    if (frame.opcode() != Opcode.CONTINUATION) {
      if (open) {
        throw malformed("a message within another one");
      }
      beginMessage(frame);
    } else if (!open) {
      throw malformed("a continuation of nothing");
    } else if (frame.compressed()) {
      throw malformed("a compressed continuation: only the first frame says so");
    }
    if (++fragments > limits.fragments()) {
      throw WebSocketProtocolException.of(
          CloseStatus.TOO_BIG, "a message of more than " + limits.fragments() + " frames");
    }
    if (frame.length() > limits.frame()) {
      throw tooBig("a frame", limits.frame());
    }
    if (!compressed && frame.length() > limits.message() - size) {
      throw tooBig("a message", limits.message());
    }
  }

  private void beginMessage(FrameHeader frame) throws WebSocketProtocolException {
    if (frame.compressed() && inflater == null) {
      throw malformed("a compressed message, which nobody has agreed on");
    }
    open = true;
    text = frame.opcode() == Opcode.TEXT;
    compressed = frame.compressed();
    complete = false;
    fragments = 0;
    size = 0;
  }

  /// Takes a piece of a frame's payload.
  ///
  /// @param last whether the message ends with it
  /// @return what it amounts to; null for nothing
  WebSocketEvent.@Nullable Data accept(byte[] payload, boolean last)
      throws WebSocketProtocolException {
    complete = last;
    if (compressed && inflater != null) {
      inflater.feed(payload, last);
      return decompressed();
    }
    return piece(Bytes.wrap(payload), last);
  }

  /// What a piece of payload amounts to beyond what was told already.
  ///
  /// @return null for nothing
  WebSocketEvent.@Nullable Data decompressed() throws WebSocketProtocolException {
    if (inflater == null || inflater.isDrained()) {
      return null;
    }
    var bytes = inflater.next();
    long room = limits.message() - size;
    if (bytes.length() > room) {
      if (text) {
        checkText(bytes.slice(0, (int) room), false); // what is wrong first counts
      }
      throw tooBig("a decompressed message", limits.message());
    }
    return piece(bytes, complete && inflater.isDrained());
  }

  private WebSocketEvent.@Nullable Data piece(Bytes bytes, boolean last)
      throws WebSocketProtocolException {
    size += bytes.length();
    if (text) {
      checkText(bytes, last);
    }
    open = !last;
    return last || !bytes.isEmpty() ? new WebSocketEvent.Data(text, bytes, last) : null;
  }

  private void checkText(Bytes bytes, boolean last) throws WebSocketProtocolException {
    if (!validator.accept(bytes) || (last && !validator.isComplete())) {
      throw WebSocketProtocolException.of(
          CloseStatus.INVALID_DATA, "text that is not UTF-8, at byte " + validator.accepted());
    }
    if (last) {
      validator.reset();
    }
  }

  /// Lets go of what was lent: the message will not come to its end.
  void end() {
    if (inflater != null) {
      inflater.end();
    }
  }
}
