// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tulip.bytes.Ascii;
import tulip.bytes.Bytes;
import tulip.dns.protocol.DomainName;
import tulip.dns.protocol.Message;
import tulip.dns.protocol.Question;

/// Asks in randomly mixed case, which a forger must guess (draft-vixie-dnsext-dns0x20).
final class Spelling {
  private Spelling() {}

  static Message mix(Message query, RandomGenerator random) {
    var questions =
        query.questions().stream()
            .map(q -> new Question(mix(q.name(), random), q.type(), q.recordClass()))
            .toList();
    return new Message(
        query.header(), questions, List.of(), List.of(), query.additionals(), query.edns());
  }

  private static DomainName mix(DomainName name, RandomGenerator random) {
    var labels = new ArrayList<Bytes>();
    for (var label : name.labels()) {
      byte[] letters = label.toByteArray();
      for (int i = 0; i < letters.length; i++) {
        byte lower = Ascii.toLowerCase(letters[i]);
        boolean letter = lower >= 'a' && lower <= 'z';
        letters[i] = letter && random.nextBoolean() ? (byte) (lower & ~0x20) : lower;
      }
      labels.add(Bytes.wrap(letters));
    }
    return DomainName.ofLabels(labels);
  }
}
