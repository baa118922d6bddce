// SPDX-License-Identifier: Apache-2.0
package tulip.dns.protocol;

import java.io.Serial;

/// Says that bytes from a peer are no DNS message: what is wrong, in which part, and where.
///
/// A server answers it with FORMERR; a client counts it as no answer. Over TCP the message's length
/// was known before, so the connection is still good.
public final class DnsFormatException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /// The part, such as `answer record 3`.
  private final String part;

  /// Bytes from the message's first.
  private final int offset;

  DnsFormatException(String part, int offset, Throwable cause) {
    super("DNS message, " + part + ", before offset " + offset + ": " + cause.getMessage(), cause);
    this.part = part;
    this.offset = offset;
  }

  /// The part of the message, such as `header` or `answer record 3`.
  public String part() {
    return part;
  }

  /// How far into the message the decoder had come, in bytes.
  public int offset() {
    return offset;
  }
}
