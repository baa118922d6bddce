// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.net.ProtocolException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.dns.protocol.DnsFormatException;
import tulip.dns.protocol.Flag;
import tulip.dns.protocol.Header;
import tulip.dns.protocol.Message;
import tulip.dns.protocol.ResponseCode;

/// Whether something that arrived is the answer to a query (RFC 5452, 9.1).
final class Reply {
  private Reply() {}

  /// The answer, or `null` if it is not one to this query.
  ///
  /// Of an answer that was cut off in the middle only the header may be left.
  ///
  /// @throws ProtocolException if it is one but cannot be read
  static @Nullable Message match(Message query, Bytes bytes) throws ProtocolException {
    try {
      return isFor(query, Header.parse(bytes)) ? sameQuestion(query, parse(query, bytes)) : null;
    } catch (DnsFormatException e) {
      if (bytes.length() < Header.SIZE) {
        return null;
      }
      var error = new ProtocolException(e.getMessage());
      error.initCause(e);
      throw error;
    }
  }

  private static boolean isFor(Message query, Header header) {
    return header.id() == query.header().id()
        && header.opcode() == query.header().opcode()
        && header.has(Flag.QR);
  }

  private static Message parse(Message query, Bytes bytes) throws DnsFormatException {
    var header = Header.parse(bytes);
    try {
      return Message.parse(bytes);
    } catch (DnsFormatException e) {
      if (header.has(Flag.TC)) {
        return cutOff(query, header);
      }
      throw e;
    }
  }

  private static @Nullable Message sameQuestion(Message query, Message reply) {
    boolean same = reply.questions().equals(query.questions());
    return same || isBareError(reply) ? reply : null;
  }

  /// Old servers send the header alone when they do not understand a query.
  private static boolean isBareError(Message reply) {
    var code = reply.header().code();
    return reply.questions().isEmpty()
        && !code.equals(ResponseCode.NOERROR)
        && !code.equals(ResponseCode.NXDOMAIN);
  }

  /// Whether the question came back in the very same letters.
  static boolean isSpelledLike(Message query, Message reply) {
    for (int i = 0; i < reply.questions().size(); i++) {
      if (!reply.questions().get(i).name().isSpelledLike(query.questions().get(i).name())) {
        return false;
      }
    }
    return true;
  }

  /// In place of an answer that must be asked for over TCP.
  static Message cutOff(Message query, Header header) {
    var truncated = new Header(header.id(), Set.of(Flag.QR, Flag.TC), 0, header.code());
    return new Message(truncated, query.questions(), List.of(), List.of(), List.of(), null);
  }
}
