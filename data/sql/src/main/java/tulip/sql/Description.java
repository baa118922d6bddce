// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.util.List;

/// What a database knows about a statement before it is executed.
///
/// @param parameters the names of the parameters' types, in order
/// @param columns of the rows it will return
public record Description(List<String> parameters, Columns columns) {
  /// Copies the list.
  public Description {
    parameters = List.copyOf(parameters);
  }
}
