// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A row of a result: values by index, by name, or as a record.
///
/// ```java
/// var row = db.queryOne("select id, owner from account where id = $1", 7);
/// long id = row.get("id", Long.class);
/// var account = row.to(Account.class);
/// ```
///
/// Without a class a value is what the driver's table of types says. With one it is converted, as
/// long as nothing is lost: numbers to other numbers, texts to enums and UUIDs, points in time to
/// each other, lists to arrays, nested rows to records, and most values to texts.
///
/// Two rows are equal if their values are. A row does not change.
public final class Row {
  private final Columns columns;
  private final @Nullable Object[] values;

  private Row(Columns columns, @Nullable Object[] values) {
    this.columns = columns;
    this.values = values;
  }

  /// A row, for drivers.
  ///
  /// @param values one for each column; the row's from now on
  public static Row of(Columns columns, @Nullable Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          values.length + " values for " + columns.size() + " columns");
    }
    return new Row(columns, values);
  }

  /// The columns.
  public Columns columns() {
    return columns;
  }

  /// How many values there are.
  public int size() {
    return values.length;
  }

  /// A value; `null` for NULL.
  ///
  /// @param index from 0
  public @Nullable Object get(int index) {
    return values[index];
  }

  /// A value; `null` for NULL.
  ///
  /// @throws java.util.NoSuchElementException if there is no column of this name
  public @Nullable Object get(String name) {
    return values[columns.indexOf(name)];
  }

  /// A value that is not NULL.
  ///
  /// @param index from 0
  /// @throws ConversionException if it is NULL, or cannot be one of this class
  public <T> T get(int index, Class<T> type) {
    var value = find(index, type);
    if (value == null) {
      throw new ConversionException(
          "column " + columns.get(index).name() + " is NULL, where a value is wanted: use find");
    }
    return value;
  }

  /// A value that is not NULL.
  ///
  /// @throws java.util.NoSuchElementException if there is no column of this name
  /// @throws ConversionException if it is NULL, or cannot be one of this class
  public <T> T get(String name, Class<T> type) {
    return get(columns.indexOf(name), type);
  }

  /// A value that may be NULL, and `null` then.
  ///
  /// @param index from 0
  /// @throws ConversionException if it cannot be one of this class
  public <T> @Nullable T find(int index, Class<T> type) {
    return Conversions.convert(values[index], type, columns.get(index));
  }

  /// A value that may be NULL, and `null` then.
  ///
  /// @throws java.util.NoSuchElementException if there is no column of this name
  /// @throws ConversionException if it cannot be one of this class
  public <T> @Nullable T find(String name, Class<T> type) {
    return find(columns.indexOf(name), type);
  }

  /// The elements of an array that is not NULL, none of which is NULL.
  ///
  /// @throws java.util.NoSuchElementException if there is no column of this name
  /// @throws ConversionException if it is no array of such elements
  public <T> List<T> getList(String name, Class<T> type) {
    int index = columns.indexOf(name);
    List<?> elements = get(index, List.class);
    return elements.stream()
        .map(element -> Conversions.element(element, type, columns.get(index)))
        .toList();
  }

  /// The row as a record: each component is the column of its name, without regard to case and
  /// underscores (`createdAt` is `created_at`). Further columns are left out.
  ///
  /// A component that is a record takes a nested row, one that is a list an array.
  ///
  /// @throws ConversionException if there is no column for a component, its value cannot be one of
  ///   the component's class, or it is NULL where the component is a primitive
  public <T extends Record> T to(Class<T> type) {
    return columns.mapper(type).map(this);
  }

  /// The values by their columns' names, in order.
  public Map<String, @Nullable Object> toMap() {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (int i = 0; i < values.length; i++) {
      map.putIfAbsent(columns.get(i).name(), values[i]);
    }
    return map;
  }

  /// A copy of the values.
  public @Nullable Object[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Row row && Arrays.deepEquals(values, row.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
