// SPDX-License-Identifier: Apache-2.0
package tulip.http.protocol;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Makes up messages that are right, as RFC 9112 has them with all its freedoms, and knows what is
/// to be seen of them.
final class Grammar {
  private static final String TOKEN = "!#$%&'*+-.^_`|~0123456789ABCXYZabcxyz";
  private static final String PATH = "/-._~!$&'()*+,;=:@%20%C3%A9azAZ09";
  private static final String VALUE = "ab \t!\"#,;=:(){}\u00e9\u00ff09";
  private static final String BODY = "\r\n0;a\0\u00ff";
  private static final int[] STATUSES = {200, 201, 206, 299, 404, 500, 599};

  private final Random random;
  private final StringBuilder wire = new StringBuilder();
  private final List<String> seen = new ArrayList<>();

  private Grammar(Random random) {
    this.random = random;
  }

  /// What was made up.
  ///
  /// @param wire as ISO 8859-1
  /// @param seen as [Feed] tells of it
  record Conversation(String wire, List<String> seen) {
    byte[] bytes() {
      return Feed.latin1(wire);
    }
  }

  /// Some requests on one connection.
  static Conversation requests(Random random) {
    var grammar = new Grammar(random);
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      grammar.emptyLines();
      var first = grammar.token() + " " + grammar.target() + " HTTP/1.1";
      grammar.message(first, first, "Host: h");
    }
    grammar.seen.add("closed");
    return grammar.conversation();
  }

  /// The responses to some requests on one connection.
  static Conversation responses(Random random) {
    var grammar = new Grammar(random);
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int status = STATUSES[random.nextInt(STATUSES.length)];
      var phrase = grammar.text("OK \u00e9", random.nextInt(6));
      var first = "HTTP/1.1 " + status + " " + phrase;
      var shown = phrase.isEmpty() ? first.substring(0, first.length() - 1) : first;
      grammar.message(first, shown, "Server: s");
    }
    grammar.seen.add(Feed.NO_ANSWER);
    return grammar.conversation();
  }

  private Conversation conversation() {
    return new Conversation(wire.toString(), List.copyOf(seen));
  }

  private void message(String first, String shown, String field) {
    wire.append(first).append("\r\n").append(field).append("\r\n");
    var shownFields = new StringBuilder(field);
    fields(shownFields);
    var body = text(BODY, random.nextInt(50));
    var trailers = new StringBuilder();
    if (random.nextBoolean()) {
      wire.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
      shownFields.append(", Content-Length: ").append(body.length());
    } else {
      wire.append("transfer-encoding: Chunked\r\n\r\n");
      shownFields.append(", Transfer-Encoding: Chunked");
      chunks(body);
      fields(trailers);
      wire.append("\r\n");
    }
    seen.add(shown + " {" + shownFields + "}");
    if (!body.isEmpty()) {
      seen.add("body " + body);
    }
    seen.add(trailers.isEmpty() ? "end" : "end {" + trailers + "}");
  }

  private void emptyLines() {
    wire.repeat("\r\n", random.nextInt(3));
  }

  private String target() {
    var target = "/" + text(PATH, random.nextInt(10));
    return random.nextBoolean() ? target : target + "?" + text(PATH + "?", random.nextInt(10));
  }

  private void fields(StringBuilder shown) {
    for (int n = random.nextInt(4); n > 0; n--) {
      var name = "X-" + token();
      var value = text(VALUE, random.nextInt(12)).strip();
      wire.append(name).append(':').append(blanks()).append(value).append(blanks()).append("\r\n");
      shown.append(shown.isEmpty() ? "" : ", ").append(name).append(": ").append(value);
    }
  }

  private void chunks(String body) {
    for (int at = 0; at < body.length(); ) {
      int size = 1 + random.nextInt(body.length() - at);
      size(size);
      wire.append(body, at, at + size).append("\r\n");
      at += size;
    }
    size(0);
  }

  private void size(int size) {
    var digits = HexFormat.of().toHexDigits(size, 1 + random.nextInt(8));
    var enough = Integer.toHexString(size).length() > digits.length();
    var text = enough ? Integer.toHexString(size) : digits;
    wire.append(random.nextBoolean() ? text.toUpperCase(Locale.ROOT) : text);
    for (int n = random.nextInt(3); n > 0; n--) {
      wire.append(blanks()).append(';').append(blanks()).append(token());
      if (random.nextBoolean()) {
        wire.append(blanks())
            .append('=')
            .append(blanks())
            .append(random.nextBoolean() ? token() : quoted());
      }
    }
    wire.append("\r\n");
  }

  private String quoted() {
    return "\"" + text("a;= \t\u00e9", random.nextInt(5)) + "\\\"\\\\" + "\"";
  }

  private String token() {
    return text(TOKEN, 1 + random.nextInt(6));
  }

  private String blanks() {
    return text(" \t", random.nextInt(3));
  }

  private String text(String of, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(of.charAt(random.nextInt(of.length())));
    }
    return text.toString();
  }
}
