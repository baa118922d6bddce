// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import org.jspecify.annotations.Nullable;

/// What a request's head must obey beyond its syntax.
final class RequestRules {
  private RequestRules() {}

  /// @param known a Host that was found good before: clients say the same in each request
  static void check(RequestHead head, ConnectionFields fields, @Nullable String known)
      throws MessageFormatException {
    checkHost(head, fields, known);
    boolean chunked = fields.coding() != ConnectionFields.Coding.NONE;
    if (chunked && head.version() == Version.HTTP_1_0) {
      throw malformed("Transfer-Encoding in HTTP/1.0, which has none");
    }
    if (head.method().equals(Method.CONNECT) && (chunked || fields.length() > 0)) {
      throw malformed("a body in a CONNECT request, where the tunnel begins");
    }
    var expectation = fields.expectation();
    if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
      throw new MessageFormatException(
          Status.EXPECTATION_FAILED, "an expectation other than 100-continue");
    }
  }

  /// RFC 9112, section 3.2: exactly one, and valid. In HTTP/1.0 it may be missing.
  private static void checkHost(RequestHead head, ConnectionFields fields, @Nullable String known)
      throws MessageFormatException {
    if (fields.hosts() > 1) {
      throw malformed("more than one Host");
    }
    var host = fields.host();
    if (host == null) {
      if (head.version() == Version.HTTP_1_1) {
        throw malformed("no Host");
      }
    } else if (!host.equals(known) && Authority.parse(host) == null) {
      throw malformed("not a host and port in Host: " + Shown.quote(host));
    }
  }

  private static MessageFormatException malformed(String problem) {
    return new MessageFormatException(Status.BAD_REQUEST, problem);
  }
}
