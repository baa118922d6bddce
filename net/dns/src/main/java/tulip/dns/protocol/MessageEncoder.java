// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.util.List;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;

/// Writes one message.
final class MessageEncoder {
  private final ByteWriter out = new ByteWriter(Message.MAX_SIZE);
  private final NameEncoder names = new NameEncoder(out);
  private final DataEncoder data = new DataEncoder(out, names);

  Bytes encode(Message message) {
    var edns = message.edns();
    out.putShort(message.header().id()).putShort(message.header().bits());
    putCount(message.questions().size());
    putCount(message.answers().size());
    putCount(message.authorities().size());
    putCount(message.additionals().size() + (edns == null ? 0 : 1));
    for (var question : message.questions()) {
      names.put(question.name());
      out.putShort(question.type().value()).putShort(question.recordClass().value());
    }
    putRecords(message.answers());
    putRecords(message.authorities());
    putRecords(message.additionals());
    if (edns != null) {
      putEdns(edns, message.header().code().value() >> 4);
    }
    return out.toBytes();
  }

  private void putCount(int count) {
    Unsigned.check16(count, "number of records");
    out.putShort(count);
  }

  private void putRecords(List<ResourceRecord> records) {
    for (var record : records) {
      names.put(record.name());
      out.putShort(record.type().value()).putShort(record.recordClass().value());
      out.putInt(record.ttl());
      int length = out.reserveShort();
      int begin = out.size();
      data.put(record.data());
      out.patchShort(length, out.size() - begin);
    }
  }

  private void putEdns(Edns edns, int extendedCode) {
    out.putByte(0).putShort(RecordType.OPT.value()).putShort(edns.udpSize());
    out.putByte(extendedCode).putByte(edns.version()).putShort(edns.dnssecOk() ? 0x8000 : 0);
    int length = out.reserveShort();
    int begin = out.size();
    for (var option : edns.options()) {
      out.putShort(option.code()).putShort(option.data().length()).put(option.data());
    }
    out.patchShort(length, out.size() - begin);
  }
}
