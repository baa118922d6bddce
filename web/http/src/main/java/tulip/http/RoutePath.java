// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The path of a route: segments, some of which have names in them.
///
/// @param segments what stands behind each slash
record RoutePath(List<Segment> segments) {
  /// Reads one.
  ///
  /// @param text such as `/users/{id:int}`, not percent-encoded
  /// @throws IllegalArgumentException if it makes no sense
  static RoutePath parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("a route's path begins with a slash: " + text);
    }
    var segments = new ArrayList<Segment>();
    for (var part : split(text)) {
      if (!segments.isEmpty() && segments.getLast().rest()) {
        throw new IllegalArgumentException("{name:path} must come last: " + text);
      }
      segments.add(Segment.parse(part));
    }
    var path = new RoutePath(List.copyOf(segments));
    if (path.names().stream().distinct().count() < path.names().size()) {
      throw new IllegalArgumentException("a name comes twice: " + text);
    }
    return path;
  }

  /// Cuts at the slashes that are not in braces.
  private static List<String> split(String text) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int from = 1;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == '/' && depth == 0) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }

  /// The names, in their order.
  List<String> names() {
    return segments.stream().flatMap(segment -> segment.names().stream()).toList();
  }

  /// A path of a request that comes here.
  ///
  /// @param values in the order of the names
  String format(Object... values) {
    var texts = Arrays.stream(values).map(String::valueOf).toList();
    if (texts.size() != names().size()) {
      throw new IllegalArgumentException(
          values.length + " values for a path with " + names() + " in it");
    }
    var path = new StringBuilder();
    int at = 0;
    for (var segment : segments) {
      int end = at + segment.names().size();
      path.append('/').append(segment.format(texts.subList(at, end)));
      at = end;
    }
    return path.toString();
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    segments.forEach(segment -> text.append('/').append(segment.text()));
    return text.toString();
  }
}
