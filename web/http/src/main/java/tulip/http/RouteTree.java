// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Routes by the segments of their paths, so that thousands of them cost no more than a few.
///
/// Where several lead on, fixed text goes before patterns, patterns go in the order in which they
/// came, the rest of a path comes after them, and another application last.
final class RouteTree {
  /// Where a pattern leads.
  record Branch(Segment segment, RouteTree to) {}

  final Map<String, RouteTree> fixed = new HashMap<>();
  final List<Branch> patterns = new ArrayList<>();
  final List<Branch> rests = new ArrayList<>();
  @Nullable Endpoint endpoint;
  @Nullable Handler mounted;

  void add(Route route) {
    var end = descend(route.path());
    if (end.endpoint == null) {
      end.endpoint = new Endpoint(route.path().names());
    }
    end.endpoint.add(route);
  }

  /// Leaves all below a path to another application.
  ///
  /// @param prefix without names
  void mount(RoutePath prefix, Handler handler) {
    var end = descend(prefix);
    if (end.mounted != null) {
      throw new IllegalArgumentException("another application is at " + prefix + " already");
    }
    end.mounted = handler;
  }

  private RouteTree descend(RoutePath path) {
    var at = this;
    for (var segment : path.segments()) {
      at = at.child(segment);
    }
    return at;
  }

  private RouteTree child(Segment segment) {
    if (segment.isFixed()) {
      return fixed.computeIfAbsent(segment.text(), _ -> new RouteTree());
    }
    var branches = segment.rest() ? rests : patterns;
    for (var branch : branches) {
      if (branch.segment().text().equals(segment.text())) {
        return branch.to();
      }
    }
    var branch = new Branch(segment, new RouteTree());
    branches.add(branch);
    return branch.to();
  }
}
