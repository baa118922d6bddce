// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tulip.dns.DnsException.Reason;
import tulip.dns.protocol.DomainName;
import tulip.dns.protocol.Message;
import tulip.dns.protocol.Question;
import tulip.dns.protocol.RecordData;
import tulip.dns.protocol.RecordType;
import tulip.dns.protocol.ResourceRecord;
import tulip.dns.protocol.ResponseCode;

/// Follows the aliases of a name, from answer to answer, until they end (RFC 1034, 3.6.2).
///
/// A server that asks others answers with the whole chain; one that only knows its own zone may
/// stop in the middle of it, and then [#next] is to be asked.
final class AliasChain {
  private static final int MAX_ALIASES = 16;

  private final Question question;
  private final List<ResourceRecord> answers = new ArrayList<>();
  private final Set<DomainName> seen = new HashSet<>();
  private DomainName name;

  AliasChain(Question question) {
    this.question = question;
    name = question.name();
    seen.add(name);
  }

  /// What to ask now.
  Question next() {
    return new Question(name, question.type(), question.recordClass());
  }

  /// Takes the answer to [#next].
  ///
  /// @return how it all ended, or `null` if there is more to ask
  @Nullable Outcome add(Message message) {
    boolean moved = false;
    while (true) {
      var records = records(message);
      if (!records.isEmpty()) {
        answers.addAll(records);
        return found(message);
      }
      var alias = alias(message);
      if (alias == null) {
        return end(message, moved);
      }
      answers.add(alias);
      name = ((RecordData.CNAME) alias.data()).target();
      moved = true;
      if (!seen.add(name) || seen.size() > MAX_ALIASES) {
        return failed(Reason.ALIAS_LOOP, "its aliases have no end, or too late a one", null);
      }
    }
  }

  private List<ResourceRecord> records(Message message) {
    boolean any = question.type().equals(RecordType.ANY);
    return message.answers().stream()
        .filter(record -> isMine(record) && (any || record.type().equals(question.type())))
        .map(this::respelled)
        .toList();
  }

  private @Nullable ResourceRecord alias(Message message) {
    return message.answers().stream()
        .filter(record -> isMine(record) && record.data() instanceof RecordData.CNAME)
        .map(this::respelled)
        .findFirst()
        .orElse(null);
  }

  private boolean isMine(ResourceRecord record) {
    return record.name().equals(name) && record.recordClass().equals(question.recordClass());
  }

  /// The name as it was asked for, not as a server or a mixed question spells it.
  private ResourceRecord respelled(ResourceRecord record) {
    return new ResourceRecord(name, record.recordClass(), record.ttl(), record.data());
  }

  private Outcome found(Message message) {
    var ttl = answersTtl();
    return new Outcome.Found(
        new Answer(question, name, answers, message.authorities(), message.additionals(), ttl));
  }

  private @Nullable Outcome end(Message message, boolean moved) {
    var soa = soa(message);
    if (message.header().code().equals(ResponseCode.NXDOMAIN)) {
      return failed(Reason.NO_SUCH_NAME, "there is no such name", soa);
    }
    if (moved && soa == null) {
      return null; // the server knows no more than the alias
    }
    return failed(Reason.NO_SUCH_RECORDS, "the name has no such records", soa);
  }

  private static @Nullable ResourceRecord soa(Message message) {
    return message.authorities().stream()
        .filter(record -> record.data() instanceof RecordData.SOA)
        .findFirst()
        .orElse(null);
  }

  /// @param soa says how long that is true (RFC 2308, 5); `null` for nobody knows
  private Outcome failed(Reason reason, String message, @Nullable ResourceRecord soa) {
    var path = name.equals(question.name()) ? message : "its alias " + name + ": " + message;
    var ttl = Duration.ZERO;
    if (soa != null && soa.data() instanceof RecordData.SOA data) {
      ttl = shorter(answersTtl(), Duration.ofSeconds(Math.min(soa.ttl(), data.minimum())));
    }
    return new Outcome.Failed(new DnsException(reason, question, path, null), ttl);
  }

  private Duration answersTtl() {
    return Duration.ofSeconds(
        answers.stream().mapToInt(ResourceRecord::ttl).min().orElse(Integer.MAX_VALUE));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
