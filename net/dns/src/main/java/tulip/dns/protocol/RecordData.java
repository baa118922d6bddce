// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.List;
import tulip.bytes.Bytes;

/// What a record says, one type of record each, named as in the standards.
///
/// ```java
/// switch (record.data()) {
///   case RecordData.MX(int preference, DomainName exchange) -> ...
///   case RecordData.Unknown(RecordType type, Bytes data) -> ...
/// }
/// ```
///
/// Text of the protocol is bytes: no character set is agreed for it. `toString` writes it as a zone
/// file does. Constructors check what the wire cannot carry, with an [IllegalArgumentException].
public sealed interface RecordData {
  /// The most bytes of a character-string.
  int MAX_STRING = 255;

  /// The type of the record.
  RecordType type();

  /// An IPv4 address (RFC 1035, 3.4.1).
  record A(Inet4Address address) implements RecordData {
    @Override
    public RecordType type() {
      return RecordType.A;
    }

    @Override
    public String toString() {
      return address.getHostAddress();
    }
  }

  /// An IPv6 address (RFC 3596, 2.2).
  record AAAA(Inet6Address address) implements RecordData {
    @Override
    public RecordType type() {
      return RecordType.AAAA;
    }

    @Override
    public String toString() {
      return RecordText.address(address);
    }
  }

  /// Another name for the name: look there (RFC 1035, 3.3.1).
  record CNAME(DomainName target) implements RecordData {
    @Override
    public RecordType type() {
      return RecordType.CNAME;
    }

    @Override
    public String toString() {
      return target.toString();
    }
  }

  /// A name server of the zone (RFC 1035, 3.3.11).
  record NS(DomainName server) implements RecordData {
    @Override
    public RecordType type() {
      return RecordType.NS;
    }

    @Override
    public String toString() {
      return server.toString();
    }
  }

  /// A name elsewhere, above all the one of an address (RFC 1035, 3.3.12).
  record PTR(DomainName target) implements RecordData {
    @Override
    public RecordType type() {
      return RecordType.PTR;
    }

    @Override
    public String toString() {
      return target.toString();
    }
  }

  /// Who takes the name's mail (RFC 1035, 3.3.9).
  ///
  /// @param preference the lowest first, 0 to 65535
  /// @param exchange the mail host; the root means that there is none (RFC 7505)
  record MX(int preference, DomainName exchange) implements RecordData {
    /// Checks the preference.
    public MX {
      Unsigned.check16(preference, "preference");
    }

    @Override
    public RecordType type() {
      return RecordType.MX;
    }

    @Override
    public String toString() {
      return preference + " " + exchange;
    }
  }

  /// The start of a zone (RFC 1035, 3.3.13). Times are seconds, 0 to 2^32 - 1.
  ///
  /// @param primary the server that has the original
  /// @param mailbox who is responsible, the first dot standing for an at sign
  /// @param serial the zone's version
  /// @param refresh how often secondaries look for a new one
  /// @param retry how soon after that failed
  /// @param expire when they give up
  /// @param minimum how long "there is none" may be kept, at most (RFC 2308)
  record SOA(
      DomainName primary,
      DomainName mailbox,
      long serial,
      long refresh,
      long retry,
      long expire,
      long minimum)
      implements RecordData {
    /// Checks the numbers.
    public SOA {
      Unsigned.check32(serial, "serial");
      Unsigned.check32(refresh, "refresh");
      Unsigned.check32(retry, "retry");
      Unsigned.check32(expire, "expire");
      Unsigned.check32(minimum, "minimum");
    }

    @Override
    public RecordType type() {
      return RecordType.SOA;
    }

    @Override
    public String toString() {
      return "%s %s %d %d %d %d %d"
          .formatted(primary, mailbox, serial, refresh, retry, expire, minimum);
    }
  }

  /// Where a service is (RFC 2782).
  ///
  /// @param priority the lowest first
  /// @param weight the share among equals
  /// @param port where it listens
  /// @param target on which host; the root means that there is no such service
  record SRV(int priority, int weight, int port, DomainName target) implements RecordData {
    /// Checks the numbers.
    public SRV {
      Unsigned.check16(priority, "priority");
      Unsigned.check16(weight, "weight");
      Unsigned.check16(port, "port");
    }

    @Override
    public RecordType type() {
      return RecordType.SRV;
    }

    @Override
    public String toString() {
      return priority + " " + weight + " " + port + " " + target;
    }
  }

  /// Text (RFC 1035, 3.3.14).
  ///
  /// @param strings one or more, of at most 255 bytes each
  record TXT(List<Bytes> strings) implements RecordData {
    /// Checks the strings.
    public TXT {
      strings = List.copyOf(strings);
      if (strings.isEmpty()) {
        throw new IllegalArgumentException("a TXT record has at least one string");
      }
      strings.forEach(RecordData::checkString);
    }

    /// The strings joined: what SPF, DKIM and most others mean by it.
    public Bytes joined() {
      return Bytes.concat(strings.toArray(Bytes[]::new));
    }

    @Override
    public RecordType type() {
      return RecordType.TXT;
    }

    @Override
    public String toString() {
      return String.join(" ", strings.stream().map(NameText::quote).toList());
    }
  }

  /// Who may issue certificates for the name (RFC 8659, 4.1).
  ///
  /// @param flags 128 means that an issuer who does not know the tag must not issue
  /// @param tag letters and digits, such as `issue`
  /// @param value what the tag says it is
  record CAA(int flags, String tag, Bytes value) implements RecordData {
    /// Checks flags and tag.
    public CAA {
      Unsigned.check8(flags, "flags");
      if (!tag.matches("[A-Za-z0-9]{1,255}")) {
        throw new IllegalArgumentException("a CAA tag is 1 to 255 ASCII letters and digits");
      }
    }

    @Override
    public RecordType type() {
      return RecordType.CAA;
    }

    @Override
    public String toString() {
      return flags + " " + tag + " " + NameText.quote(value);
    }
  }

  /// A rule that rewrites a name (RFC 3403, 4.1). Its strings have at most 255 bytes each.
  ///
  /// @param order the lowest first
  /// @param preference the lowest first among equals
  /// @param flags such as `S`: what the result is
  /// @param services such as `SIP+D2U`
  /// @param regexp a substitution
  /// @param replacement the new name, if there is no substitution
  record NAPTR(
      int order, int preference, Bytes flags, Bytes services, Bytes regexp, DomainName replacement)
      implements RecordData {
    /// Checks numbers and strings.
    public NAPTR {
      Unsigned.check16(order, "order");
      Unsigned.check16(preference, "preference");
      checkString(flags);
      checkString(services);
      checkString(regexp);
    }

    @Override
    public RecordType type() {
      return RecordType.NAPTR;
    }

    @Override
    public String toString() {
      return "%d %d %s %s %s %s"
          .formatted(
              order,
              preference,
              NameText.quote(flags),
              NameText.quote(services),
              NameText.quote(regexp),
              replacement);
    }
  }

  /// The certificate of a TLS service (RFC 6698, 2.1). Numbers are 0 to 255.
  ///
  /// @param usage what the certificate is: 3 for the server's own
  /// @param selector which part of it: 0 for all, 1 for its key
  /// @param matching how it is compared: 0 as it is, 1 by SHA-256, 2 by SHA-512
  /// @param association what it is compared with
  record TLSA(int usage, int selector, int matching, Bytes association) implements RecordData {
    /// Checks the numbers.
    public TLSA {
      Unsigned.check8(usage, "usage");
      Unsigned.check8(selector, "selector");
      Unsigned.check8(matching, "matching type");
    }

    @Override
    public RecordType type() {
      return RecordType.TLSA;
    }

    @Override
    public String toString() {
      return usage + " " + selector + " " + matching + " " + RecordText.hex(association);
    }
  }

  /// How to reach a service (RFC 9460).
  ///
  /// @param priority 0 for "look at the target instead", else the lowest first
  /// @param target the host; the root stands for the record's own name
  /// @param parameters how to connect
  record SVCB(int priority, DomainName target, SvcParams parameters) implements RecordData {
    /// Checks the priority.
    public SVCB {
      Unsigned.check16(priority, "priority");
    }

    @Override
    public RecordType type() {
      return RecordType.SVCB;
    }

    @Override
    public String toString() {
      return RecordText.service(priority, target, parameters);
    }
  }

  /// How to reach a web server (RFC 9460, 9).
  ///
  /// @param priority 0 for "look at the target instead", else the lowest first
  /// @param target the host; the root stands for the record's own name
  /// @param parameters how to connect
  record HTTPS(int priority, DomainName target, SvcParams parameters) implements RecordData {
    /// Checks the priority.
    public HTTPS {
      Unsigned.check16(priority, "priority");
    }

    @Override
    public RecordType type() {
      return RecordType.HTTPS;
    }

    @Override
    public String toString() {
      return RecordText.service(priority, target, parameters);
    }
  }

  /// Data that is not looked into (RFC 3597).
  ///
  /// @param data at most 65535 bytes
  record Unknown(RecordType type, Bytes data) implements RecordData {
    /// Checks type and size.
    public Unknown {
      if (type.equals(RecordType.OPT)) {
        throw new IllegalArgumentException("OPT is no record: it belongs into Message.edns");
      }
      Unsigned.check16(data.length(), "length of the data");
    }

    @Override
    public String toString() {
      return RecordText.unknown(data);
    }
  }

  private static void checkString(Bytes string) {
    if (string.length() > MAX_STRING) {
      throw new IllegalArgumentException(
          "a string has at most " + MAX_STRING + " bytes, not " + string.length());
    }
  }
}
