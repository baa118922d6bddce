// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;

/// The constants of [Status] by their codes, with their first lines ready to be sent.
///
/// It only grows while [Status] is being initialised, and then stays as it is.
final class StatusTable {
  private static final int CODES = 600;
  private static final @Nullable Status[] KNOWN = new Status[CODES];
  private static final @Nullable Bytes[] LINES = new Bytes[CODES];

  private StatusTable() {}

  static Status add(int code, String phrase) {
    var status = new Status(code, phrase);
    KNOWN[code] = status;
    LINES[code] = line(status);
    return status;
  }

  static @Nullable Status find(int code) {
    return code < CODES && code >= 0 ? KNOWN[code] : null;
  }

  /// The first line of a response, with its end.
  static Bytes line(Status status) {
    var known = status.equals(KNOWN[status.code()]) ? LINES[status.code()] : null;
    return known != null
        ? known
        : Bytes.ofLatin1(Version.HTTP_1_1 + " " + status.code() + " " + status.phrase() + "\r\n");
  }
}
