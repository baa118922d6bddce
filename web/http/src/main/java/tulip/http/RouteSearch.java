// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tulip.bytes.MalformedException;
import tulip.http.fields.Percent;

/// Looks for the route of one request. It matches on the path as it was sent, and decodes each
/// segment by itself: so a `%2F` parts nothing.
final class RouteSearch {
  private static final int END = -1;

  private final Request request;
  private final String method;
  private final String path;
  private final List<String> values = new ArrayList<>(2);
  private @Nullable Set<String> allowed;

  RouteSearch(Request request) {
    this.request = request;
    this.method = request.method().name();
    this.path = request.rawPath();
  }

  /// Finds who answers, and tells the request what stands for the names of the path.
  ///
  /// @param from behind which slash
  /// @return null if nobody does
  /// @throws MalformedException if the path is wrongly encoded
  @Nullable Handler find(RouteTree tree, int from) throws MalformedException {
    if (from == END) {
      return answering(tree.endpoint);
    }
    int slash = path.indexOf('/', from);
    var segment = Percent.decode(path.substring(from, slash < 0 ? path.length() : slash));
    int next = slash < 0 ? END : slash + 1;
    var child = tree.fixed.get(segment);
    var handler = child == null ? null : find(child, next);
    if (handler == null && !tree.patterns.isEmpty()) {
      handler = alongPattern(tree, segment, next);
    }
    if (handler == null && !tree.rests.isEmpty()) {
      handler = alongRest(tree, from);
    }
    if (handler == null && tree.mounted != null) {
      request.mountedAt(from - 1);
      return tree.mounted;
    }
    return handler;
  }

  private @Nullable Handler alongPattern(RouteTree tree, String segment, int next)
      throws MalformedException {
    int before = values.size();
    for (var branch : tree.patterns) {
      if (branch.segment().match(segment, values)) {
        var handler = find(branch.to(), next);
        if (handler != null) {
          return handler;
        }
        values.subList(before, values.size()).clear();
      }
    }
    return null;
  }

  private @Nullable Handler alongRest(RouteTree tree, int from) throws MalformedException {
    var rest = Percent.decode(path.substring(from));
    int before = values.size();
    for (var branch : tree.rests) {
      branch.segment().match(rest, values);
      var handler = answering(branch.to().endpoint);
      if (handler != null) {
        return handler;
      }
      values.subList(before, values.size()).clear();
    }
    return null;
  }

  private @Nullable Handler answering(@Nullable Endpoint endpoint) {
    if (endpoint == null) {
      return null;
    }
    var handler = endpoint.find(method);
    if (handler != null) {
      if (!values.isEmpty()) {
        request.pathValues(new PathValues(endpoint.names(), values));
      }
    } else {
      if (allowed == null) {
        allowed = new TreeSet<>(Set.of("OPTIONS"));
      }
      endpoint.addAllowed(allowed);
    }
    return handler;
  }

  /// Which methods the path has, as an Allow field says it; null if there is no such path.
  @Nullable String allowed() {
    return allowed == null ? null : String.join(", ", allowed);
  }
}
