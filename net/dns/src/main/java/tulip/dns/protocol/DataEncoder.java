// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;

/// Writes the data of records.
///
/// Names are compressed only in types of RFC 1035, which every receiver knows (RFC 3597, 4).
final class DataEncoder {
  private final ByteWriter out;
  private final NameEncoder names;

  DataEncoder(ByteWriter out, NameEncoder names) {
    this.out = out;
    this.names = names;
  }

  void put(RecordData data) {
    switch (data) {
      case RecordData.A(var address) -> out.put(address.getAddress());
      case RecordData.AAAA(var address) -> out.put(address.getAddress());
      case RecordData.CNAME(var target) -> names.put(target);
      case RecordData.NS(var server) -> names.put(server);
      case RecordData.PTR(var target) -> names.put(target);
      case RecordData.MX(int preference, var exchange) -> {
        out.putShort(preference);
        names.put(exchange);
      }
      case RecordData.SOA soa -> putSoa(soa);
      case RecordData.SRV(int priority, int weight, int port, var target) -> {
        out.putShort(priority).putShort(weight).putShort(port);
        names.putUncompressed(target);
      }
      case RecordData.TXT(var strings) -> strings.forEach(this::putString);
      case RecordData.CAA(int flags, var tag, var value) -> {
        out.putByte(flags);
        putString(Bytes.ofAscii(tag));
        out.put(value);
      }
      case RecordData.NAPTR naptr -> putNaptr(naptr);
      case RecordData.TLSA(int usage, int selector, int matching, var association) ->
          out.putByte(usage).putByte(selector).putByte(matching).put(association);
      case RecordData.SVCB(int priority, var target, var parameters) ->
          putService(priority, target, parameters);
      case RecordData.HTTPS(int priority, var target, var parameters) ->
          putService(priority, target, parameters);
      case RecordData.Unknown(var _, var bytes) -> out.put(bytes);
    }
  }

  private void putString(Bytes string) {
    out.putByte(string.length()).put(string);
  }

  private void putSoa(RecordData.SOA soa) {
    names.put(soa.primary());
    names.put(soa.mailbox());
    out.putInt((int) soa.serial());
    out.putInt((int) soa.refresh());
    out.putInt((int) soa.retry());
    out.putInt((int) soa.expire());
    out.putInt((int) soa.minimum());
  }

  private void putNaptr(RecordData.NAPTR naptr) {
    out.putShort(naptr.order()).putShort(naptr.preference());
    putString(naptr.flags());
    putString(naptr.services());
    putString(naptr.regexp());
    names.putUncompressed(naptr.replacement());
  }

  private void putService(int priority, DomainName target, SvcParams parameters) {
    out.putShort(priority);
    names.putUncompressed(target);
    parameters
        .values()
        .forEach((key, value) -> out.putShort(key).putShort(value.length()).put(value));
  }
}
