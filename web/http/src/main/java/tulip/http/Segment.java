// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tulip.http.fields.Percent;

/// What a route's path has between two slashes: fixed text, or a pattern with names in braces.
///
/// @param text as it was written
/// @param names in their order; empty for fixed text
/// @param pattern what a decoded segment must match, with a group for each name
/// @param rest whether it is all of the rest of the path, slashes included
record Segment(String text, List<String> names, Pattern pattern, boolean rest) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /// Digits that fit a `long`, but for a few.
  private static final String INT = "-?[0-9]{1,19}";

  /// A name alone, which needs no matching.
  private static final Pattern ANYTHING = Pattern.compile("(.+)", Pattern.DOTALL);

  /// Reads one.
  ///
  /// @throws IllegalArgumentException if it makes no sense
  static Segment parse(String text) {
    var names = new ArrayList<String>();
    var regex = new StringBuilder();
    boolean rest = false;
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      if (open != at) {
        int end = open < 0 ? text.length() : open;
        regex.append(Pattern.quote(text.substring(at, end)));
        at = end;
        continue;
      }
      int close = closingBrace(text, open);
      var inside = text.substring(open + 1, close);
      int colon = inside.indexOf(':');
      var kind = colon < 0 ? "" : inside.substring(colon + 1);
      names.add(checkedName(colon < 0 ? inside : inside.substring(0, colon), names));
      rest |= kind.equals("path");
      regex.append('(').append(regexOf(kind)).append(')');
      at = close + 1;
    }
    if (rest && (names.size() > 1 || !text.startsWith("{") || at != text.indexOf('}') + 1)) {
      throw new IllegalArgumentException("{name:path} must stand alone: " + text);
    }
    return new Segment(text, List.copyOf(names), compile(text, names, regex), rest);
  }

  /// Braces may be nested, as in `{year:[0-9]{4}}`.
  private static int closingBrace(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("a brace without its other one: " + text);
  }

  private static String checkedName(String name, List<String> before) {
    if (!NAME.matcher(name).matches() || before.contains(name)) {
      throw new IllegalArgumentException("no name for a part of a path, or one twice: " + name);
    }
    return name;
  }

  private static String regexOf(String kind) {
    return switch (kind) {
      case "" -> ".+";
      case "int" -> INT;
      case "path" -> ".*";
      default -> kind;
    };
  }

  private static Pattern compile(String text, List<String> names, StringBuilder regex) {
    if (names.isEmpty() || regex.toString().equals(ANYTHING.pattern())) {
      return ANYTHING;
    }
    try {
      var pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
      if (pattern.matcher("").groupCount() != names.size()) {
        throw new IllegalArgumentException("groups in a path must be (?:...): " + text);
      }
      return pattern;
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("not a pattern of a path: " + text, e);
    }
  }

  boolean isFixed() {
    return names.isEmpty();
  }

  /// Adds what stands for the names.
  ///
  /// @param decoded of a request's path
  /// @return whether it matches
  boolean match(String decoded, List<String> values) {
    if (pattern == ANYTHING) {
      return !decoded.isEmpty() && values.add(decoded);
    }
    var matcher = pattern.matcher(decoded);
    if (!matcher.matches()) {
      return false;
    }
    addGroups(matcher, values);
    return true;
  }

  private void addGroups(Matcher matcher, List<String> values) {
    for (int i = 1; i <= names.size(); i++) {
      values.add(matcher.group(i));
    }
  }

  /// Puts values in place of the names, percent-encoded.
  ///
  /// @throws IllegalArgumentException if the result would not match
  String format(List<String> values) {
    var path = new StringBuilder();
    var plain = new StringBuilder();
    int at = 0;
    for (var value : values) {
      int open = text.indexOf('{', at);
      var fixed = text.substring(at, open);
      path.append(Percent.encode(fixed)).append(rest ? encodePath(value) : Percent.encode(value));
      plain.append(fixed).append(value);
      at = closingBrace(text, open) + 1;
    }
    if (!names.isEmpty() && !pattern.matcher(plain + text.substring(at)).matches()) {
      throw new IllegalArgumentException(values + " do not match " + text);
    }
    return path.append(Percent.encode(text.substring(at))).toString();
  }

  private static String encodePath(String value) {
    return Percent.encode(value).replace("%2F", "/");
  }
}
