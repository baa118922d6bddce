// SPDX-License-Identifier: Apache-2.0
package tulip.http.session;

import java.time.Instant;
import java.util.Map;

/// What is kept of a session.
///
/// @param created when it began
/// @param expires when it ends
/// @param values what the application remembers
public record SessionData(Instant created, Instant expires, Map<String, String> values) {
  /// Copies the map.
  public SessionData {
    values = Map.copyOf(values);
  }

  /// {@return the names alone: values may be secrets}
  @Override
  public String toString() {
    return "session of " + created + " with " + values.keySet();
  }
}
