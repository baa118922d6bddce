// SPDX-License-Identifier: Apache-2.0
package tulip.sql.jdbc;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.bytes.Bytes;
import tulip.sql.Column;
import tulip.sql.Columns;
import tulip.sql.Row;

/// Makes rows of a result set. On the connection's thread.
final class RowReader {
  private static final int PLAIN_SIZE = 8;

  private final ResultSet rows;
  private final ColumnReader[] readers;
  private final Columns columns;
  private long size;

  RowReader(ResultSet rows, JdbcDialect dialect) throws SQLException {
    this.rows = rows;
    var metaData = rows.getMetaData();
    readers = new ColumnReader[metaData.getColumnCount()];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = dialect.reader(metaData, i + 1);
    }
    columns = columns(metaData);
  }

  static Columns columns(@Nullable ResultSetMetaData metaData) throws SQLException {
    if (metaData == null) {
      return Columns.NONE;
    }
    var columns = new ArrayList<Column>();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      columns.add(new Column(metaData.getColumnLabel(i), metaData.getColumnTypeName(i)));
    }
    return Columns.of(columns);
  }

  Columns columns() {
    return columns;
  }

  /// The next rows.
  ///
  /// @return as many as are wanted, or fewer at the end
  List<Row> take(int count) throws SQLException {
    var taken = new ArrayList<Row>();
    while (taken.size() < count && rows.next()) {
      taken.add(read());
    }
    return taken;
  }

  /// All rows.
  ///
  /// @param limit of their size
  /// @throws IllegalStateException if they are larger
  List<Row> takeAll(Call<?> call, long limit) throws SQLException {
    var taken = new ArrayList<Row>();
    while (rows.next()) {
      taken.add(read());
      if (size > limit) {
        throw new IllegalStateException(
            "the result is larger than the limit of " + limit + " bytes: use a stream");
      }
      call.checkCancelled();
    }
    return taken;
  }

  private Row read() throws SQLException {
    var values = new @Nullable Object[readers.length];
    for (int i = 0; i < readers.length; i++) {
      values[i] = readers[i].read(rows, i + 1);
      size += sizeOf(values[i]);
    }
    return Row.of(columns, values);
  }

  private static long sizeOf(@Nullable Object value) {
    return switch (value) {
      case String text -> text.length();
      case Bytes bytes -> bytes.length();
      case null, default -> PLAIN_SIZE;
    };
  }
}
