// SPDX-License-Identifier: Apache-2.0
package tulip.dns;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;
import tulip.dns.protocol.Question;

/// Says that a question has no answer: whose fault that is, and what each server did.
///
/// The failures of single tries are suppressed in it, in their order.
public final class DnsException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /// Why there is no answer.
  public enum Reason {
    /// There is no such name (NXDOMAIN). Final.
    NO_SUCH_NAME,
    /// The name exists, but has no such records (NODATA). Final.
    NO_SUCH_RECORDS,
    /// No server answered in time.
    TIMEOUT,
    /// The servers answered that they cannot or do not want to (SERVFAIL, REFUSED), or could not be
    /// reached.
    SERVER_FAILURE,
    /// What the servers answered cannot be read.
    MALFORMED,
    /// Aliases lead round in a circle, or on and on.
    ALIAS_LOOP,
    /// The resolver was closed.
    CLOSED
  }

  private final Reason reason;
  private final transient Question question;
  private final String problem;

  DnsException(Reason reason, Question question, String message, @Nullable Throwable cause) {
    super(question + ": " + message, cause);
    this.reason = reason;
    this.question = question;
    problem = message;
  }

  /// The same for another task, whose stack it has.
  DnsException again() {
    var copy = new DnsException(reason, question, problem, getCause());
    for (var failure : getSuppressed()) {
      copy.addSuppressed(failure);
    }
    return copy;
  }

  /// Why there is no answer.
  public Reason reason() {
    return reason;
  }

  /// Whether the domain name system itself says that there is none; asking again is of no use.
  public boolean isFinal() {
    return reason == Reason.NO_SUCH_NAME || reason == Reason.NO_SUCH_RECORDS;
  }

  /// What was asked.
  public Question question() {
    return question;
  }
}
