// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;
import tulip.sql.Column;
import tulip.sql.Columns;
import tulip.sql.Row;
import tulip.sql.spi.RecordValues;

/// Composite types: rows within rows. Parameters may be rows, records, lists and arrays, with their
/// values in the order of the type's fields.
final class CompositeCodec implements TypeCodec {
  private final List<String> names;
  private final List<PgType> types;

  /// Finds a type that a value names.
  private final IntFunction<PgType> known;

  private final Columns columns;
  private final boolean text;

  /// @param names of the fields; none for a record of no type
  CompositeCodec(List<String> names, List<PgType> types, IntFunction<PgType> known) {
    this.names = names;
    this.types = types;
    this.known = known;
    columns = columns(types);
    text = types.stream().anyMatch(type -> type.codec().isText());
  }

  @Override
  public boolean isText() {
    return text;
  }

  @Override
  public Object decode(BackendReader in) throws PostgresFormatException {
    if (isText()) {
      return in.takeText();
    }
    int count = in.checkCount(in.takeInt(), 2 * Integer.BYTES);
    var found = new ArrayList<PgType>(count);
    var values = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      var type = known.apply(in.takeInt());
      found.add(type);
      values[i] = Element.decode(type.codec(), in);
    }
    return Row.of(found.equals(types) ? columns : columns(found), values);
  }

  private Columns columns(List<PgType> fields) {
    var list = new ArrayList<Column>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      var name = fields.size() == names.size() ? names.get(i) : "f" + (i + 1);
      list.add(new Column(name, fields.get(i).name()));
    }
    return Columns.of(list);
  }

  @Override
  public void encode(Object value, ByteWriter out) {
    if (isText()) {
      TextCodecs.PRINTED.encode(value, out);
      return;
    }
    var values = values(value);
    if (values.size() != types.size()) {
      throw new IllegalArgumentException(
          value + " has not the " + types.size() + " fields that are wanted: " + names);
    }
    out.putInt(types.size());
    for (int i = 0; i < types.size(); i++) {
      out.putInt(types.get(i).oid());
      Element.encode(types.get(i).codec(), values.get(i), out);
    }
  }

  private static List<?> values(Object value) {
    return switch (value) {
      case Row row -> Arrays.asList(row.toArray());
      case Record record -> Arrays.asList(RecordValues.of(record));
      case List<?> list -> list;
      case Object[] array -> Arrays.asList(array);
      default -> throw Values.unfit(value, "row, record, list or array");
    };
  }
}
