// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.util.ArrayList;
import java.util.TreeMap;
import tulip.bytes.ByteReader;
import tulip.bytes.Bytes;
import tulip.bytes.MalformedException;

/// Reads the data of records.
final class DataDecoder {
  private DataDecoder() {}

  /// Data of exactly this length; what is not known stays as it is.
  static RecordData take(ByteReader in, RecordType type, RecordClass recordClass, int length)
      throws MalformedException {
    if (length > in.remaining()) {
      throw new MalformedException(
          length + " bytes of data announced, " + in.remaining() + " left");
    }
    int end = in.position() + length;
    var data =
        recordClass.equals(RecordClass.IN)
            ? takeInternet(in, type, end)
            : new RecordData.Unknown(type, in.take(length));
    if (in.position() != end) {
      throw new MalformedException(
          "data of " + length + " bytes whose content ends " + (end - in.position()) + " early");
    }
    return data;
  }

  private static RecordData takeInternet(ByteReader in, RecordType type, int end)
      throws MalformedException {
    return switch (type.value()) {
      case 1 -> new RecordData.A(Addresses.takeIpv4(in));
      case 2 -> new RecordData.NS(NameDecoder.take(in));
      case 5 -> new RecordData.CNAME(NameDecoder.take(in));
      case 6 -> takeSoa(in);
      case 12 -> new RecordData.PTR(NameDecoder.take(in));
      case 15 -> new RecordData.MX(in.takeUnsignedShort(), NameDecoder.take(in));
      case 16 -> takeTxt(in, end);
      case 28 -> new RecordData.AAAA(Addresses.takeIpv6(in));
      case 33 -> takeSrv(in);
      case 35 -> takeNaptr(in);
      case 52 -> takeTlsa(in, end);
      case 64 ->
          new RecordData.SVCB(
              in.takeUnsignedShort(), NameDecoder.takeUncompressed(in), takeParams(in, end));
      case 65 ->
          new RecordData.HTTPS(
              in.takeUnsignedShort(), NameDecoder.takeUncompressed(in), takeParams(in, end));
      case 257 -> takeCaa(in, end);
      default -> new RecordData.Unknown(type, in.take(end - in.position()));
    };
  }

  private static RecordData takeSoa(ByteReader in) throws MalformedException {
    return new RecordData.SOA(
        NameDecoder.take(in),
        NameDecoder.take(in),
        takeUnsignedInt(in),
        takeUnsignedInt(in),
        takeUnsignedInt(in),
        takeUnsignedInt(in),
        takeUnsignedInt(in));
  }

  private static long takeUnsignedInt(ByteReader in) throws MalformedException {
    return Integer.toUnsignedLong(in.takeInt());
  }

  private static RecordData takeTxt(ByteReader in, int end) throws MalformedException {
    var strings = new ArrayList<Bytes>();
    do {
      strings.add(takeString(in));
    } while (in.position() < end);
    return new RecordData.TXT(strings);
  }

  private static Bytes takeString(ByteReader in) throws MalformedException {
    return in.take(in.takeUnsignedByte());
  }

  private static RecordData takeSrv(ByteReader in) throws MalformedException {
    return new RecordData.SRV(
        in.takeUnsignedShort(),
        in.takeUnsignedShort(),
        in.takeUnsignedShort(),
        NameDecoder.take(in));
  }

  private static RecordData takeNaptr(ByteReader in) throws MalformedException {
    return new RecordData.NAPTR(
        in.takeUnsignedShort(),
        in.takeUnsignedShort(),
        takeString(in),
        takeString(in),
        takeString(in),
        NameDecoder.take(in));
  }

  private static RecordData takeTlsa(ByteReader in, int end) throws MalformedException {
    return new RecordData.TLSA(
        in.takeUnsignedByte(),
        in.takeUnsignedByte(),
        in.takeUnsignedByte(),
        in.take(end - in.position()));
  }

  private static RecordData takeCaa(ByteReader in, int end) throws MalformedException {
    int flags = in.takeUnsignedByte();
    var tag = takeString(in).latin1();
    return new RecordData.CAA(flags, tag, in.take(end - in.position()));
  }

  private static SvcParams takeParams(ByteReader in, int end) throws MalformedException {
    var values = new TreeMap<Integer, Bytes>();
    int previous = -1;
    while (in.position() < end) {
      int key = in.takeUnsignedShort();
      if (key <= previous) {
        throw new MalformedException("parameter " + key + " of a service after " + previous);
      }
      values.put(key, in.take(in.takeUnsignedShort()));
      previous = key;
    }
    return new SvcParams(values);
  }
}
