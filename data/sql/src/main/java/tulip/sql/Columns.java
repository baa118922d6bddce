// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;

/// The columns of a result, in order. All rows of a result share one object.
///
/// Names are looked up as they are, then without regard to case. If several columns have the same
/// name the first one counts; the others have their indexes.
public final class Columns implements Iterable<Column> {
  /// None.
  public static final Columns NONE = new Columns(List.of());

  private final List<Column> columns;
  private final Map<String, Integer> byName = new HashMap<>();
  private final Map<Class<?>, RecordMapper<?>> mappers = new HashMap<>();

  private Columns(List<Column> columns) {
    this.columns = List.copyOf(columns);
    for (int i = 0; i < columns.size(); i++) {
      byName.putIfAbsent(columns.get(i).name(), i);
    }
    for (int i = 0; i < columns.size(); i++) {
      byName.putIfAbsent(columns.get(i).name().toLowerCase(Locale.ROOT), i);
    }
  }

  /// The columns of a result, for drivers.
  public static Columns of(List<Column> columns) {
    return columns.isEmpty() ? NONE : new Columns(columns);
  }

  /// How many there are.
  public int size() {
    return columns.size();
  }

  /// One of them, counted from 0.
  public Column get(int index) {
    return columns.get(index);
  }

  /// The names in order.
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /// Where a column is, counted from 0.
  ///
  /// @throws NoSuchElementException if there is none of this name
  public int indexOf(String name) {
    int index = find(name);
    if (index < 0) {
      throw new NoSuchElementException("no column " + name + " among " + names());
    }
    return index;
  }

  /// Where a column is; -1 if there is none of this name.
  int find(String name) {
    var index = byName.get(name);
    if (index == null) {
      index = byName.get(name.toLowerCase(Locale.ROOT));
    }
    return index == null ? -1 : index;
  }

  /// What makes records of rows with these columns.
  @SuppressWarnings("unchecked") // each class is the key of its own mapper
  <T extends Record> RecordMapper<T> mapper(Class<T> type) {
    return (RecordMapper<T>) mappers.computeIfAbsent(type, _ -> RecordMapper.of(type, this));
  }

  @Override
  public Iterator<Column> iterator() {
    return columns.iterator();
  }

  @Override
  public String toString() {
    return columns.toString();
  }
}
