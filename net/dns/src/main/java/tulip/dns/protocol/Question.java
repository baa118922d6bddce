// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

/// What a query asks (RFC 1035, 4.1.2).
///
/// @param name whose records are wanted
/// @param type which of them
/// @param recordClass of which class
public record Question(DomainName name, RecordType type, RecordClass recordClass) {
  /// A question for records of the internet.
  public static Question of(DomainName name, RecordType type) {
    return new Question(name, type, RecordClass.IN);
  }

  @Override
  public String toString() {
    return name + " " + recordClass + " " + type;
  }
}
