// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The type of a record, or what a question asks for.
///
/// Types that have no constant here are used by their number; their records come as
/// [RecordData.Unknown].
///
/// @param value 0 to 65535, as assigned by IANA
public record RecordType(int value) implements Comparable<RecordType> {
  /// An IPv4 address (RFC 1035).
  public static final RecordType A = new RecordType(1);

  /// A name server of a zone (RFC 1035).
  public static final RecordType NS = new RecordType(2);

  /// Another name for the name (RFC 1035).
  public static final RecordType CNAME = new RecordType(5);

  /// The start of a zone (RFC 1035).
  public static final RecordType SOA = new RecordType(6);

  /// A name elsewhere, above all of an address (RFC 1035).
  public static final RecordType PTR = new RecordType(12);

  /// A mail exchanger (RFC 1035).
  public static final RecordType MX = new RecordType(15);

  /// Text (RFC 1035).
  public static final RecordType TXT = new RecordType(16);

  /// An IPv6 address (RFC 3596).
  public static final RecordType AAAA = new RecordType(28);

  /// The host and port of a service (RFC 2782).
  public static final RecordType SRV = new RecordType(33);

  /// A rule that rewrites a name (RFC 3403).
  public static final RecordType NAPTR = new RecordType(35);

  /// The pseudo-record of EDNS (RFC 6891); a message has it as [Edns].
  public static final RecordType OPT = new RecordType(41);

  /// A certificate of a TLS service (RFC 6698).
  public static final RecordType TLSA = new RecordType(52);

  /// How to reach a service (RFC 9460).
  public static final RecordType SVCB = new RecordType(64);

  /// How to reach a web server (RFC 9460).
  public static final RecordType HTTPS = new RecordType(65);

  /// Question only: whatever the server has (RFC 8482 says how little that may be).
  public static final RecordType ANY = new RecordType(255);

  /// Who may issue certificates (RFC 8659).
  public static final RecordType CAA = new RecordType(257);

  private static final Map<String, RecordType> BY_NAME =
      Map.ofEntries(
          Map.entry("A", A),
          Map.entry("NS", NS),
          Map.entry("CNAME", CNAME),
          Map.entry("SOA", SOA),
          Map.entry("PTR", PTR),
          Map.entry("MX", MX),
          Map.entry("TXT", TXT),
          Map.entry("AAAA", AAAA),
          Map.entry("SRV", SRV),
          Map.entry("NAPTR", NAPTR),
          Map.entry("OPT", OPT),
          Map.entry("TLSA", TLSA),
          Map.entry("SVCB", SVCB),
          Map.entry("HTTPS", HTTPS),
          Map.entry("ANY", ANY),
          Map.entry("CAA", CAA));

  /// Checks the range.
  public RecordType {
    Unsigned.check16(value, "record type");
  }

  /// The type of a name such as `AAAA`, or of `TYPE28` (RFC 3597, 5), in either case.
  ///
  /// @throws IllegalArgumentException if there is none
  public static RecordType of(String name) {
    var known = BY_NAME.get(name.toUpperCase(Locale.ROOT));
    return known != null ? known : new RecordType(Unsigned.parse(name, "TYPE", "record type"));
  }

  private @Nullable String mnemonic() {
    for (var entry : BY_NAME.entrySet()) {
      if (entry.getValue().value == value) {
        return entry.getKey();
      }
    }
    return null;
  }

  @Override
  public int compareTo(RecordType other) {
    return Integer.compare(value, other.value);
  }

  /// The name, or `TYPE` and the number.
  @Override
  public String toString() {
    var known = mnemonic();
    return known != null ? known : "TYPE" + value;
  }
}
