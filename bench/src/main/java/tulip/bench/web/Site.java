// SPDX-License-Identifier: Apache-2.0
package tulip.bench.web;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// What all the servers in Java answer.
final class Site {
  /// The document at `/json`. It is text everywhere: how fast it is made of an object is another
  /// library's affair.
  static final String JSON = "{\"message\":\"Hello, World!\"}";

  static final String JSON_TYPE = "application/json";

  private Site() {}

  /// The value of Date; who needs it himself keeps it for a second.
  static String date() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
  }
}
