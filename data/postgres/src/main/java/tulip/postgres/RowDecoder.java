// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.FieldDescription;
import tulip.postgres.protocol.PostgresFormatException;
import tulip.postgres.types.Element;
import tulip.postgres.types.PgType;
import tulip.postgres.types.TypeCatalog;
import tulip.postgres.types.TypeCodec;
import tulip.sql.Column;
import tulip.sql.Columns;
import tulip.sql.Row;

/// Makes rows of the messages of one result.
final class RowDecoder {
  private final Columns columns;
  private final List<PgType> types;
  private final TypeCodec[] codecs;

  private RowDecoder(Columns columns, List<PgType> types) {
    this.columns = columns;
    this.types = types;
    codecs = types.stream().map(PgType::codec).toArray(TypeCodec[]::new);
  }

  static RowDecoder of(List<FieldDescription> fields, TypeCatalog types) {
    var columns =
        fields.stream()
            .map(field -> new Column(field.name(), types.get(field.type()).name()))
            .toList();
    var decoded =
        fields.stream()
            .map(field -> field.binary() ? types.get(field.type()) : PgType.printed(field.type()))
            .toList();
    return new RowDecoder(Columns.of(columns), decoded);
  }

  List<PgType> types() {
    return types;
  }

  Columns columns() {
    return columns;
  }

  /// Makes a row of a DataRow message.
  ///
  /// @throws PostgresFormatException if it is none, with as many columns
  /// @throws IllegalStateException if a value cannot be read
  Row decode(BackendReader message) throws PostgresFormatException {
    int count = message.takeUnsignedShort();
    if (count != codecs.length) {
      throw new PostgresFormatException(count + " values for " + codecs.length + " columns");
    }
    var values = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      values[i] = value(message, i);
    }
    return Row.of(columns, values);
  }

  private @Nullable Object value(BackendReader message, int i) {
    try {
      return Element.decode(codecs[i], message);
    } catch (PostgresFormatException | RuntimeException e) {
      throw new IllegalStateException(
          "the value of column " + columns.get(i) + " cannot be read: " + e.getMessage(), e);
    }
  }
}
