// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.time.Duration;
import java.util.List;
import tulip.dns.protocol.DomainName;
import tulip.dns.protocol.Question;
import tulip.dns.protocol.RecordData;
import tulip.dns.protocol.ResourceRecord;

/// What a question brought.
///
/// @param question what was asked
/// @param name whose records these are: the name that was asked for, or where its aliases lead
/// @param answers the aliases in their order, and the records
/// @param authorities where they come from, as the last server told
/// @param additionals what else it told
/// @param ttl for how long this is still good
public record Answer(
    Question question,
    DomainName name,
    List<ResourceRecord> answers,
    List<ResourceRecord> authorities,
    List<ResourceRecord> additionals,
    Duration ttl) {
  /// Copies the lists.
  public Answer {
    answers = List.copyOf(answers);
    authorities = List.copyOf(authorities);
    additionals = List.copyOf(additionals);
  }

  /// The records that were asked for, without the aliases that lead to them.
  public List<ResourceRecord> records() {
    return answers.stream().filter(record -> record.name().equals(name)).toList();
  }

  /// What the records of one type say: `answer.data(RecordData.MX.class)`.
  public <T extends RecordData> List<T> data(Class<T> type) {
    return records().stream()
        .map(ResourceRecord::data)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /// The same some time later: every time to live is shorter by that.
  Answer after(Duration age) {
    if (age.isZero()) {
      return this;
    }
    return new Answer(
        question,
        name,
        aged(answers, age),
        aged(authorities, age),
        aged(additionals, age),
        ttl.minus(age));
  }

  private static List<ResourceRecord> aged(List<ResourceRecord> records, Duration age) {
    int seconds = (int) Math.min(age.toSeconds(), Integer.MAX_VALUE);
    return records.stream()
        .map(record -> record.withTtl(Math.max(0, record.ttl() - seconds)))
        .toList();
  }
}
