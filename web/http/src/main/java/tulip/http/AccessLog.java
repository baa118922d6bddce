// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.util.function.Consumer;

/// Hears of each request that was answered or refused, once it is over.
///
/// ```java
/// HttpServerOptions.DEFAULT.withAccessLog(AccessLog.format(AccessLog.COMMON, lines::add))
/// ```
@FunctionalInterface
public interface AccessLog {
  /// The common log format of web servers, without the user.
  String COMMON = "%a - - %t \"%r\" %s %b";

  /// The common format with where the client comes from and what it is.
  String COMBINED = COMMON + " \"%{Referer}i\" \"%{User-Agent}i\"";

  /// Takes note. On the server's loop: it must not wait, and what it throws goes to the loop's
  /// exception handler. On several loops, from all of them at a time.
  void log(AccessEntry entry);

  /// A log of lines in a format of one's own. In it stand for
  ///
  /// | | |
  /// |---|---|
  /// | `%a` | the client's address, as [Request#remoteAddress] says |
  /// | `%t` | when the request came: `[02/Jan/2026:03:04:05 +0000]` |
  /// | `%P` | the id of this process |
  /// | `%r` | the first line of the request |
  /// | `%s` | the code of the answer |
  /// | `%b` | how many bytes of the answer's body were sent |
  /// | `%T`, `%Tf`, `%D` | how long it took: in whole seconds, in seconds, in microseconds |
  /// | `%{Name}i`, `%{Name}o` | a field of the request or of the answer |
  /// | `%%` | a percent sign |
  ///
  /// and `-` for what is not known. What a client sent cannot end a line or a quoted string early:
  /// it is escaped with backslashes.
  ///
  /// @param format such as [#COMMON]
  /// @param lines takes them, without line ends
  /// @throws IllegalArgumentException if the format has something else behind a percent sign
  static AccessLog format(String format, Consumer<String> lines) {
    var compiled = AccessFormat.parse(format);
    return entry -> lines.accept(compiled.line(entry));
  }

  /// A log of lines that go to the system logger `tulip.http.access`, as information.
  ///
  /// @param format as in [#format(String, Consumer)]
  static AccessLog format(String format) {
    var logger = System.getLogger("tulip.http.access");
    return format(format, line -> logger.log(System.Logger.Level.INFO, line));
  }
}
