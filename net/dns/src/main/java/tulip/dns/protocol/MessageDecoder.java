// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteReader;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Reads one message, strictly: no byte too few, none too many.
final class MessageDecoder {
  private static final int DNSSEC_OK = 0x8000;

  private final ByteReader in;
  private String part = "header";
  private Header header = Header.query(0);
  private @Nullable Edns edns;

  MessageDecoder(Bytes message) {
    in = message.reader();
  }

  Message decode() throws DnsFormatException {
    try {
      return takeMessage();
    } catch (MalformedException | IllegalArgumentException e) {
      throw new DnsFormatException(part, in.position(), e);
    }
  }

  private Message takeMessage() throws MalformedException {
    if (in.remaining() > Message.MAX_SIZE) {
      throw new MalformedException("more than " + Message.MAX_SIZE + " bytes");
    }
    header = Header.take(in);
    int[] counts = new int[4];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = in.takeUnsignedShort();
    }
    var questions = takeQuestions(counts[0]);
    var answers = takeRecords("answer", counts[1]);
    var authorities = takeRecords("authority", counts[2]);
    var additionals = takeRecords("additional", counts[3]);
    part = "end";
    if (in.remaining() > 0) {
      throw new MalformedException(in.remaining() + " bytes too many");
    }
    return new Message(header, questions, answers, authorities, additionals, edns);
  }

  private List<Question> takeQuestions(int count) throws MalformedException {
    var questions = new ArrayList<Question>();
    for (int i = 1; i <= count; i++) {
      part = "question " + i;
      var name = NameDecoder.take(in);
      var type = new RecordType(in.takeUnsignedShort());
      questions.add(new Question(name, type, new RecordClass(in.takeUnsignedShort())));
    }
    return questions;
  }

  private List<ResourceRecord> takeRecords(String section, int count) throws MalformedException {
    var records = new ArrayList<ResourceRecord>();
    for (int i = 1; i <= count; i++) {
      part = section + " record " + i;
      var name = NameDecoder.take(in);
      var type = new RecordType(in.takeUnsignedShort());
      if (type.equals(RecordType.OPT)) {
        takeEdns(section, name);
      } else {
        records.add(takeRecord(name, type));
      }
    }
    return records;
  }

  private ResourceRecord takeRecord(DomainName name, RecordType type) throws MalformedException {
    var recordClass = new RecordClass(in.takeUnsignedShort());
    int ttl = Math.max(0, in.takeInt()); // above 2^31 - 1 it means 0 (RFC 2181, 8)
    int length = in.takeUnsignedShort();
    return new ResourceRecord(
        name, recordClass, ttl, DataDecoder.take(in, type, recordClass, length));
  }

  private void takeEdns(String section, DomainName name) throws MalformedException {
    if (edns != null || !name.isRoot() || !section.equals("additional")) {
      throw new MalformedException("OPT is an additional record of the root, and only one");
    }
    int size = in.takeUnsignedShort();
    int extendedCode = in.takeUnsignedByte();
    int version = in.takeUnsignedByte();
    int flags = in.takeUnsignedShort();
    var options = takeOptions(in.take(in.takeUnsignedShort()).reader());
    edns = new Edns(size, version, (flags & DNSSEC_OK) != 0, options);
    header = header.withExtendedCode(extendedCode);
  }

  private static List<EdnsOption> takeOptions(ByteReader data) throws MalformedException {
    var options = new ArrayList<EdnsOption>();
    while (data.remaining() > 0) {
      int code = data.takeUnsignedShort();
      options.add(new EdnsOption(code, data.take(data.takeUnsignedShort())));
    }
    return options;
  }
}
