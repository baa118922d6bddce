// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.replication;

import java.util.List;
import tulip.sql.Columns;

/// A table, as it was when something changed in it.
///
/// @param schema that it is in
/// @param name of it
/// @param columns those that are published
/// @param key the names of the columns that identify a row; none if there are none
public record Relation(String schema, String name, Columns columns, List<String> key) {
  /// Copies the list.
  public Relation {
    key = List.copyOf(key);
  }

  /// `schema.name`.
  @Override
  public String toString() {
    return schema + "." + name;
  }
}
