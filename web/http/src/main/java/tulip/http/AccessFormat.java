// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tulip.http.protocol.HeaderName;
import tulip.http.protocol.Headers;
import tulip.http.protocol.RequestHead;

/// The format of an access log's lines, taken apart once.
///
/// @param parts each gives a piece of the line
record AccessFormat(List<Function<AccessEntry, String>> parts) {
  private static final Pattern DIRECTIVE =
      Pattern.compile("%(?:(Tf|[atPrsbTD%])|\\{([^}]+)\\}([io]))");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("'['dd/MMM/yyyy:HH:mm:ss Z']'", Locale.ROOT);

  private static final String UNKNOWN = "-";

  static AccessFormat parse(String format) {
    var parts = new ArrayList<Function<AccessEntry, String>>();
    var matcher = DIRECTIVE.matcher(format);
    int at = 0;
    while (matcher.find(at)) {
      addText(format.substring(at, matcher.start()), parts);
      var letter = matcher.group(1);
      parts.add(
          letter != null
              ? simple(letter)
              : field(HeaderName.of(matcher.group(2)), matcher.group(3).equals("i")));
      at = matcher.end();
    }
    addText(format.substring(at), parts);
    return new AccessFormat(List.copyOf(parts));
  }

  private static void addText(String text, List<Function<AccessEntry, String>> parts) {
    if (text.indexOf('%') >= 0) {
      throw new IllegalArgumentException(
          "no directive of an access log, see AccessLog.format: " + text);
    }
    if (!text.isEmpty()) {
      parts.add(_ -> text);
    }
  }

  private static Function<AccessEntry, String> simple(String letter) {
    return switch (letter) {
      case "a" -> entry -> address(entry.client());
      case "t" -> entry -> time(entry.start());
      case "P" -> always(Long.toString(ProcessHandle.current().pid()));
      case "r" -> entry -> firstLine(entry.request());
      case "s" -> AccessFormat::code;
      case "b" -> entry -> Long.toString(entry.bytes());
      case "T" -> entry -> Long.toString(entry.duration().toSeconds());
      case "Tf" -> entry -> seconds(entry.duration());
      case "D" -> entry -> Long.toString(entry.duration().toNanos() / 1000);
      default -> always("%");
    };
  }

  private static Function<AccessEntry, String> always(String text) {
    return _ -> text;
  }

  private static Function<AccessEntry, String> field(HeaderName name, boolean ofRequest) {
    return entry -> {
      var request = entry.request();
      var response = entry.response();
      return ofRequest
          ? value(request == null ? null : request.headers(), name)
          : value(response == null ? null : response.headers(), name);
    };
  }

  private static String value(@Nullable Headers headers, HeaderName name) {
    var value = headers == null ? null : headers.first(name);
    return value == null ? UNKNOWN : escape(value);
  }

  private static String address(@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet) {
      return inet.isUnresolved() ? inet.getHostString() : inet.getAddress().getHostAddress();
    }
    var text = address == null ? "" : address.toString();
    return text.isEmpty() ? UNKNOWN : escape(text);
  }

  private static String time(Instant start) {
    return TIME.format(start.atZone(ZoneId.systemDefault()));
  }

  private static String firstLine(@Nullable RequestHead head) {
    return head == null
        ? UNKNOWN
        : escape(head.method() + " " + head.target() + " " + head.version());
  }

  private static String code(AccessEntry entry) {
    var response = entry.response();
    return response == null ? UNKNOWN : Integer.toString(response.status().code());
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.6f", duration.toNanos() / 1e9);
  }

  private static String escape(String text) {
    var escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7F) {
        escaped.append(c);
      } else {
        escaped.append(String.format(c <= 0xFF ? "\\x%02x" : "\\u%04x", (int) c));
      }
    }
    return escaped.toString();
  }

  String line(AccessEntry entry) {
    var line = new StringBuilder(128);
    for (var part : parts) {
      line.append(part.apply(entry));
    }
    return line.toString();
  }
}
