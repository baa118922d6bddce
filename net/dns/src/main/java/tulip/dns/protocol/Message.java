// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// A query or a response (RFC 1035, 4.1).
///
/// The pseudo-record of EDNS is not among the additional records, but apart.
///
/// @param header its first words
/// @param questions nearly always one
/// @param answers the records that were asked for
/// @param authorities where they came from: name servers, or the zone's SOA if there are none
/// @param additionals what may be useful with them
/// @param edns what the sender can do, or `null` if it does not know EDNS
public record Message(
    Header header,
    List<Question> questions,
    List<ResourceRecord> answers,
    List<ResourceRecord> authorities,
    List<ResourceRecord> additionals,
    @Nullable Edns edns) {
  /// The most bytes of a message.
  public static final int MAX_SIZE = 65535;

  /// Copies the lists.
  public Message {
    questions = List.copyOf(questions);
    answers = List.copyOf(answers);
    authorities = List.copyOf(authorities);
    additionals = List.copyOf(additionals);
    if (edns == null && header.code().value() > 0xF) {
      throw new IllegalArgumentException("without EDNS there is no code " + header.code());
    }
  }

  /// A query to a server that asks others.
  public static Message query(int id, Question question, @Nullable Edns edns) {
    return new Message(Header.query(id), List.of(question), List.of(), List.of(), List.of(), edns);
  }

  /// A response to this query, for servers.
  public Message response(ResponseCode code, Set<Flag> flags, List<ResourceRecord> answers) {
    var header = new Header(this.header.id(), flags, this.header.opcode(), code);
    return new Message(header, questions, answers, List.of(), List.of(), edns);
  }

  /// Reads a message that is the whole of these bytes.
  ///
  /// @throws DnsFormatException if it is not as the standards say
  public static Message parse(Bytes bytes) throws DnsFormatException {
    return new MessageDecoder(bytes).decode();
  }

  /// The message as it is sent, with names compressed.
  ///
  /// @throws tulip.bytes.LimitExceededException if it has more than 65535 bytes
  public Bytes encode() {
    return new MessageEncoder().encode(this);
  }
}
