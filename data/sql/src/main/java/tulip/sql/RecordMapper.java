// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes records of the rows of one result.
final class RecordMapper<T extends Record> {
  private final Constructor<T> constructor;
  private final RecordComponent[] components;

  /// Which column each component is.
  private final int[] indexes;

  private RecordMapper(Constructor<T> constructor, RecordComponent[] components, int[] indexes) {
    this.constructor = constructor;
    this.components = components;
    this.indexes = indexes;
  }

  /// @throws ConversionException if there is no column for a component
  static <T extends Record> RecordMapper<T> of(Class<T> type, Columns columns) {
    var components = type.getRecordComponents();
    var indexes = new int[components.length];
    for (int i = 0; i < components.length; i++) {
      indexes[i] = columnOf(components[i], columns);
    }
    return new RecordMapper<>(constructor(type, components), components, indexes);
  }

  private static int columnOf(RecordComponent component, Columns columns) {
    int exact = columns.find(component.getName());
    if (exact >= 0) {
      return exact;
    }
    var name = Conversions.plainName(component.getName());
    for (int i = 0; i < columns.size(); i++) {
      if (Conversions.plainName(columns.get(i).name()).equals(name)) {
        return i;
      }
    }
    throw new ConversionException(
        "no column for "
            + component.getDeclaringRecord().getSimpleName()
            + "."
            + component.getName()
            + " among "
            + columns.names());
  }

  private static <T extends Record> Constructor<T> constructor(
      Class<T> type, RecordComponent[] components) {
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " has no canonical constructor", e);
    } catch (InaccessibleObjectException e) {
      throw new ConversionException(
          type + " is closed to tulip.sql: its module should open its package", e);
    }
  }

  T map(Row row) {
    var arguments = new @Nullable Object[indexes.length];
    for (int i = 0; i < indexes.length; i++) {
      arguments[i] = argument(row, i);
    }
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new ConversionException(
          constructor.getDeclaringClass().getSimpleName() + " refuses " + row, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new ConversionException("no " + constructor.getDeclaringClass() + " can be made", e);
    }
  }

  private @Nullable Object argument(Row row, int i) {
    var component = components[i];
    var value = row.get(indexes[i]);
    if (value != null) {
      return component.getType().isInstance(value)
              && component.getType() == component.getGenericType()
          ? value
          : Conversions.convert(value, component.getGenericType(), row.columns().get(indexes[i]));
    }
    if (component.getType().isPrimitive()) {
      throw new ConversionException(
          "column "
              + row.columns().get(indexes[i]).name()
              + " is NULL, and "
              + component
              + " is not");
    }
    return null;
  }
}
