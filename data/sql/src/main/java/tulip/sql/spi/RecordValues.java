// SPDX-License-Identifier: Apache-2.0
package tulip.sql.spi;

import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values of a record in the order of its components, for drivers.
public final class RecordValues {
  private RecordValues() {}

  /// Reads them.
  ///
  /// @throws IllegalArgumentException if the record's package is closed to this module
  public static List<@Nullable Object> of(Record record) {
    var values = new ArrayList<@Nullable Object>();
    for (var component : record.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        values.add(component.getAccessor().invoke(record));
      } catch (InaccessibleObjectException | ReflectiveOperationException e) {
        throw new IllegalArgumentException(
            "the values of " + record.getClass() + " cannot be read: open its package", e);
      }
    }
    return values;
  }
}
