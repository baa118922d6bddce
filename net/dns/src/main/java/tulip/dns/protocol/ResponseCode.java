// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

/// How a query went (RFC 1035, 4.1.1), with the upper eight bits that EDNS adds (RFC 6891, 6.1.3).
///
/// @param value 0 to 4095
public record ResponseCode(int value) {
  /// The name exists, though it may have no such records.
  public static final ResponseCode NOERROR = new ResponseCode(0);

  /// The server could not read the query.
  public static final ResponseCode FORMERR = new ResponseCode(1);

  /// The server could not find out.
  public static final ResponseCode SERVFAIL = new ResponseCode(2);

  /// There is no such name, and none below it.
  public static final ResponseCode NXDOMAIN = new ResponseCode(3);

  /// The server has not learnt this kind of query.
  public static final ResponseCode NOTIMP = new ResponseCode(4);

  /// The server does not want to answer.
  public static final ResponseCode REFUSED = new ResponseCode(5);

  /// The server does not know this version of EDNS.
  public static final ResponseCode BADVERS = new ResponseCode(16);

  /// Checks the range.
  public ResponseCode {
    if (value < 0 || value > 0xFFF) {
      throw new IllegalArgumentException("a response code is 0 to 4095, not " + value);
    }
  }

  /// The name, or `RCODE` and the number.
  @Override
  public String toString() {
    return switch (value) {
      case 0 -> "NOERROR";
      case 1 -> "FORMERR";
      case 2 -> "SERVFAIL";
      case 3 -> "NXDOMAIN";
      case 4 -> "NOTIMP";
      case 5 -> "REFUSED";
      case 16 -> "BADVERS";
      default -> "RCODE" + value;
    };
  }
}
