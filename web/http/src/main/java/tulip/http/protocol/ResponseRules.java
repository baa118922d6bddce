// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

/// What a response's head must obey before it is sent.
final class ResponseRules {
  private ResponseRules() {}

  /// @param length of the body, if all of it is to follow at once
  static void check(ResponseHead head, ConnectionFields fields, long length) {
    if (fields.coding() != ConnectionFields.Coding.NONE) {
      throw new IllegalArgumentException("leave Transfer-Encoding to the connection");
    }
    if (length > 0 && head.status().isWithoutBody()) {
      throw new IllegalArgumentException("a body in a response of " + head.status());
    }
    int code = head.status().code();
    if (fields.length() >= 0 && code < 205 && head.status().isWithoutBody()) { // 304 may
      throw new IllegalArgumentException("Content-Length in a response of " + code);
    }
  }
}
