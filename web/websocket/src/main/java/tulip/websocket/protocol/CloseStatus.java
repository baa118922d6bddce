// SPDX-License-Identifier: Apache-2.0
package tulip.websocket.protocol;

import java.nio.charset.StandardCharsets;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Why a connection is closed (RFC 6455, section 7.4).
///
/// @param code 1000 to 4999; see [#isSendable]
/// @param reason a few words for people, at most 123 bytes of UTF-8
public record CloseStatus(int code, String reason) {
  /// The purpose of the connection is fulfilled.
  public static final CloseStatus NORMAL = of(1000);

  /// A server goes down, or a page is left.
  public static final CloseStatus GOING_AWAY = of(1001);

  /// The peer gave no status. Never sent.
  public static final CloseStatus NONE = of(1005);

  /// The connection broke without a word. Never sent.
  public static final CloseStatus ABNORMAL = of(1006);

  static final int PROTOCOL_ERROR = 1002;
  static final int INVALID_DATA = 1007;
  static final int TOO_BIG = 1009;

  private static final int LONGEST_REASON = 123; // a control frame has 125 bytes

  /// Checks the length of the reason.
  ///
  /// @throws IllegalArgumentException if it is too long, or the code is none at all
  public CloseStatus {
    if (code < 0 || code > 0xFFFF) {
      throw new IllegalArgumentException("not a close code: " + code);
    }
    if (reason.getBytes(StandardCharsets.UTF_8).length > LONGEST_REASON) {
      throw new IllegalArgumentException(
          "a close reason has at most " + LONGEST_REASON + " bytes: " + reason);
    }
  }

  /// A status that says no more than its code.
  public static CloseStatus of(int code) {
    return new CloseStatus(code, "");
  }

  /// Whether the code may stand in a frame: it is registered, or one of 3000 to 4999, which are for
  /// libraries and applications.
  public boolean isSendable() {
    return code >= 3000
        ? code <= 4999
        : code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
  }

  /// Whether nothing went wrong: the peer had nothing more to say, or went away.
  public boolean isOrderly() {
    return code == 1000 || code == 1001 || code == 1005;
  }

  /// As the payload of a frame.
  Bytes toPayload() {
    return code == NONE.code
        ? Bytes.EMPTY
        : new ByteWriter(2 + LONGEST_REASON).putShort(code).putUtf8(reason).toBytes();
  }

  static CloseStatus parse(Bytes payload) throws WebSocketProtocolException {
    if (payload.isEmpty()) {
      return NONE;
    }
    if (payload.length() == 1) {
      throw WebSocketProtocolException.of(PROTOCOL_ERROR, "half a close code");
    }
    try {
      int code = payload.reader().takeUnsignedShort();
      var status = new CloseStatus(code, payload.slice(2).utf8Strict());
      if (!status.isSendable()) {
        throw WebSocketProtocolException.of(
            PROTOCOL_ERROR, "a close code that must not be sent: " + code);
      }
      return status;
    } catch (MalformedException e) {
      throw WebSocketProtocolException.of(INVALID_DATA, "a close reason that is not UTF-8");
    }
  }

  /// {@return the code, and the reason if there is one}
  @Override
  public String toString() {
    return reason.isEmpty() ? Integer.toString(code) : code + " " + reason;
  }
}
