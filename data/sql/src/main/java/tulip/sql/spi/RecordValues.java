// SPDX-License-Identifier: Apache-2.0
package tulip.sql.spi;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values of a record in the order of its components, for drivers.
public final class RecordValues {
  private static final ClassValue<List<Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          return accessors(type);
        }
      };

  private RecordValues() {}

  private static List<Method> accessors(Class<?> type) {
    var accessors = new ArrayList<Method>();
    for (var component : type.getRecordComponents()) {
      component.getAccessor().setAccessible(true);
      accessors.add(component.getAccessor());
    }
    return accessors;
  }

  /// Reads them.
  ///
  /// @throws IllegalArgumentException if the record's package is closed to this module
  public static @Nullable Object[] of(Record record) {
    try {
      var accessors = ACCESSORS.get(record.getClass());
      var values = new @Nullable Object[accessors.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = accessors.get(i).invoke(record);
      }
      return values;
    } catch (InaccessibleObjectException | ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "the values of " + record.getClass() + " cannot be read: open its package", e);
    }
  }
}
