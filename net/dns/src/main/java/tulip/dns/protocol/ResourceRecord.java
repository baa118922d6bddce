// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.time.Duration;

/// A record of the domain name system (RFC 1035, 4.1.3).
///
/// @param name whose it is
/// @param recordClass nearly always [RecordClass#IN]
/// @param ttl for how many seconds it may be kept, 0 to 2^31 - 1
/// @param data what it says
public record ResourceRecord(DomainName name, RecordClass recordClass, int ttl, RecordData data) {
  /// Checks the time.
  public ResourceRecord {
    if (ttl < 0) {
      throw new IllegalArgumentException("a TTL is 0 to 2^31 - 1 seconds, not " + ttl);
    }
  }

  /// A record of the internet.
  public static ResourceRecord of(DomainName name, Duration ttl, RecordData data) {
    return new ResourceRecord(name, RecordClass.IN, Math.toIntExact(ttl.toSeconds()), data);
  }

  /// The type of its data.
  public RecordType type() {
    return data.type();
  }

  /// The same record with another time to keep it.
  public ResourceRecord withTtl(int seconds) {
    return new ResourceRecord(name, recordClass, seconds, data);
  }

  /// The record as a line of a zone file.
  @Override
  public String toString() {
    return name + " " + ttl + " " + recordClass + " " + type() + " " + data;
  }
}
