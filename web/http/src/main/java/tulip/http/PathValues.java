// SPDX-License-Identifier: Apache-2.0
package tulip.http;

import java.util.List;

/// What stands for the names of a route's path in the path of a request.
record PathValues(List<String> names, List<String> values) {
  static final PathValues NONE = new PathValues(List.of(), List.of());

  String get(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "the route has no {" + name + "}; it has " + names + ": see where it is added");
    }
    return values.get(index);
  }
}
