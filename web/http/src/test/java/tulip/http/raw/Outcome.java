// SPDX-License-Identifier: Apache-2.0
package tulip.http.raw;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a server answered, in short: each status, with the body behind a colon if it is 200 and has
/// one; and `wait` where the server waited for the client to go on. So `200:hi wait` is an answer
/// on a connection that stays, `400` one that is closed, `wait 400` a request that had no end.
///
/// Responses of 1xx other than 101 are left out: whether they come depends on when the body does.
public final class Outcome {
  private static final String WAIT = "wait";

  private static final Pattern HEAD =
      Pattern.compile("HTTP/\\d\\.\\d (\\d{3})[^\\r]*\\r\\n((?:[^\\r]+\\r\\n)*)\\r\\n");
  private static final Pattern LENGTH =
      Pattern.compile(
          "^content-length: *(\\d+)\\r?$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  /// What a parser answers; others come from handlers.
  private static final Pattern REFUSAL = Pattern.compile("(^| )(400|413|414|417|431|501|505)( |$)");

  private Outcome() {}

  /// Whether a request was refused for what it is, not for what it asks.
  static boolean isRefusal(String outcome) {
    return REFUSAL.matcher(outcome).find();
  }

  /// One answer.
  ///
  /// @param status 0 if it is no answer of HTTP
  /// @param body what came of it
  public record Answer(int status, String body) {
    @Override
    public String toString() {
      return (status == 200 || status == 0) && !body.isEmpty() ? status + ":" + body : "" + status;
    }
  }

  /// Puts an outcome together.
  ///
  /// @param before what the server had sent when the client had sent everything
  /// @param open whether it had not closed the connection by then
  /// @param after what it sent when the client had ended its side
  public static String of(byte[] before, boolean open, byte[] after) {
    var parts = new ArrayList<String>();
    answers(before).forEach(answer -> parts.add(answer.toString()));
    if (open) {
      parts.add(WAIT);
      answers(after).forEach(answer -> parts.add(answer.toString()));
    }
    return String.join(" ", parts);
  }

  /// The answers alone.
  public static List<Answer> answers(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    var answers = new ArrayList<Answer>();
    var head = HEAD.matcher(text);
    for (int at = 0; at < text.length(); ) {
      if (!head.find(at) || head.start() != at) {
        answers.add(new Answer(0, text.substring(at)));
        return answers;
      }
      int status = Integer.parseInt(head.group(1));
      var body = body(text, head.end(), head.group(2));
      at = head.end() + body.length();
      if (status >= 200 || status == 101) {
        answers.add(new Answer(status, body));
      }
    }
    return answers;
  }

  /// By its length; that of an answer to HEAD has a length and is not there.
  private static String body(String text, int from, String fields) {
    var length = LENGTH.matcher(fields);
    if (!length.find() || text.startsWith("HTTP/", from)) {
      return "";
    }
    return text.substring(from, Math.min(text.length(), from + Integer.parseInt(length.group(1))));
  }
}
