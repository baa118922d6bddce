// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of parameters, each of them an array, a list or a record.
record ParameterRows(Iterable<?> rows) implements Iterable<@Nullable Object[]> {
  @Override
  public Iterator<@Nullable Object[]> iterator() {
    var each = rows.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return each.hasNext();
      }

      @Override
      public @Nullable Object[] next() {
        return array(each.next());
      }
    };
  }

  @SuppressWarnings("NullAway") // its elements may be null
  private static @Nullable Object[] array(@Nullable Object row) {
    return switch (row) {
      case Object[] array -> array;
      case List<?> list -> list.toArray();
      case Record record -> components(record);
      case null, default ->
          throw new IllegalArgumentException(
              "a row of parameters is an Object[], a list or a record, not " + row);
    };
  }

  private static @Nullable Object[] components(Record record) {
    var components = record.getClass().getRecordComponents();
    var values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = value(record, components[i]);
    }
    return values;
  }

  private static @Nullable Object value(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (InaccessibleObjectException | ReflectiveOperationException e) {
      throw new IllegalArgumentException("the parameters of " + record + " cannot be read", e);
    }
  }
}
