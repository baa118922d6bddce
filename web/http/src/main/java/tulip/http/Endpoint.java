// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The routes of one path, by their methods.
final class Endpoint {
  /// Stands for all methods that have no route of their own.
  static final String ANY = "*";

  private final List<String> names;
  private final Map<String, Handler> handlers = new LinkedHashMap<>();

  /// @param names in the path
  Endpoint(List<String> names) {
    this.names = names;
  }

  List<String> names() {
    return names;
  }

  void add(Route route) {
    if (!route.path().names().equals(names)) {
      throw new IllegalArgumentException(
          route + " calls parts of its path otherwise than the same path does before: " + names);
    }
    if (handlers.putIfAbsent(route.method(), route.handler()) != null) {
      throw new IllegalArgumentException(route + " is there already");
    }
  }

  /// The handler for a method; HEAD is answered by that of GET, if it has none of its own.
  @Nullable Handler find(String method) {
    var handler = handlers.get(method);
    if (handler == null && method.equals("HEAD")) {
      handler = handlers.get("GET");
    }
    return handler == null ? handlers.get(ANY) : handler;
  }

  void addAllowed(Set<String> methods) {
    for (var method : handlers.keySet()) {
      methods.add(method);
      if (method.equals("GET")) {
        methods.add("HEAD");
      }
    }
  }
}
