// SPDX-License-Identifier: Apache-2.0
package tulip.sql.spi;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of parameters, each of them an array, a list or a record; as arrays, for drivers.
///
/// @param rows as programs give them
public record ParameterRows(Iterable<?> rows) implements Iterable<@Nullable Object[]> {
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
      case Record record -> RecordValues.of(record);
      case null, default ->
          throw new IllegalArgumentException(
              "a row of parameters is an Object[], a list or a record, not " + row);
    };
  }
}
