// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.replication;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tulip.postgres.protocol.BackendReader;
import tulip.postgres.protocol.PostgresFormatException;
import tulip.postgres.types.Element;
import tulip.postgres.types.Lsn;
import tulip.postgres.types.PgType;
import tulip.postgres.types.TypeCatalog;
import tulip.sql.Column;
import tulip.sql.Columns;
import tulip.sql.Row;

/// Reads the messages of the output plugin `pgoutput`, version 1: section 55.9 of the manual.
///
/// A server says what a table is like before the first change in it, and again when that has
/// changed.
final class PgOutput {
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
  private static final int CASCADE = 1;
  private static final int RESTART_IDENTITY = 2;

  private final TypeCatalog types;
  private final Map<Integer, Table> tables = new HashMap<>();

  /// @param types finds the codecs of values
  PgOutput(TypeCatalog types) {
    this.types = types;
  }

  /// A table, and the types of its columns.
  private record Table(Relation relation, List<PgType> types) {}

  /// A table as it comes, whose types may be unknown.
  ///
  /// @param fields its columns
  record Definition(int id, String schema, String name, List<Field> fields) {
    /// The types of the columns.
    List<Integer> types() {
      return fields.stream().map(Field::type).toList();
    }
  }

  /// @param key whether it belongs to what identifies a row
  record Field(boolean key, String name, int type) {}

  /// Reads a message but Relation.
  ///
  /// @return `null` for what says nothing to programs
  /// @throws PostgresFormatException if it is malformed
  @Nullable ReplicationEvent read(char type, BackendReader in) throws PostgresFormatException {
    return switch (type) {
      case 'B' -> begin(in);
      case 'C' -> commit(in);
      case 'I' -> insert(in);
      case 'U' -> update(in);
      case 'D' -> delete(in);
      case 'T' -> truncate(in);
      case 'M' -> message(in);
      case 'O', 'Y' -> { // where it was before, and a type's name
        in.take(in.remaining());
        yield null;
      }
      default -> throw new PostgresFormatException("a message of type " + type + " of pgoutput");
    };
  }

  /// Reads a Relation message.
  Definition readDefinition(BackendReader in) throws PostgresFormatException {
    int id = in.takeInt();
    var schema = in.takeString();
    var name = in.takeString();
    in.takeByte(); // the kind of its identity, which the columns say too
    int count = in.checkCount(in.takeUnsignedShort(), 10);
    var fields = new ArrayList<Field>(count);
    for (int i = 0; i < count; i++) {
      boolean key = in.takeByte() == 1;
      fields.add(new Field(key, in.takeString(), in.takeInt()));
      in.takeInt(); // the type's modifier
    }
    return new Definition(id, schema.isEmpty() ? "pg_catalog" : schema, name, fields);
  }

  /// Takes a table in whose types are known by now, as far as they can be.
  void define(Definition table) {
    var known = table.types().stream().map(types::get).toList();
    var columns = new ArrayList<Column>();
    var key = new ArrayList<String>();
    for (int i = 0; i < known.size(); i++) {
      var field = table.fields().get(i);
      columns.add(new Column(field.name(), known.get(i).name()));
      if (field.key()) {
        key.add(field.name());
      }
    }
    var relation = new Relation(table.schema(), table.name(), Columns.of(columns), key);
    tables.put(table.id(), new Table(relation, known));
  }

  private static ReplicationEvent begin(BackendReader in) throws PostgresFormatException {
    var position = new Lsn(in.takeLong());
    var time = time(in);
    return new ReplicationEvent.Begin(Integer.toUnsignedLong(in.takeInt()), position, time);
  }

  private static ReplicationEvent commit(BackendReader in) throws PostgresFormatException {
    in.takeByte(); // flags, of which there are none
    var position = new Lsn(in.takeLong());
    var end = new Lsn(in.takeLong());
    return new ReplicationEvent.Commit(position, end, time(in));
  }

  static Instant time(BackendReader in) throws PostgresFormatException {
    return EPOCH.plus(in.takeLong(), ChronoUnit.MICROS);
  }

  /// Microseconds since the year 2000.
  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(EPOCH, time);
  }

  private ReplicationEvent insert(BackendReader in) throws PostgresFormatException {
    var table = table(in);
    expect('N', in.takeByte());
    return new ReplicationEvent.Insert(table.relation, row(table, in));
  }

  private ReplicationEvent update(BackendReader in) throws PostgresFormatException {
    var table = table(in);
    byte kind = in.takeByte();
    Row before = null;
    if (kind == 'K' || kind == 'O') {
      before = row(table, in);
      kind = in.takeByte();
    }
    expect('N', kind);
    return new ReplicationEvent.Update(table.relation, before, row(table, in));
  }

  private ReplicationEvent delete(BackendReader in) throws PostgresFormatException {
    var table = table(in);
    byte kind = in.takeByte();
    if (kind != 'K') {
      expect('O', kind);
    }
    return new ReplicationEvent.Delete(table.relation, row(table, in));
  }

  private ReplicationEvent truncate(BackendReader in) throws PostgresFormatException {
    int count = in.takeInt();
    int options = in.takeByte();
    in.checkCount(count, Integer.BYTES);
    var relations = new ArrayList<Relation>(count);
    for (int i = 0; i < count; i++) {
      relations.add(table(in).relation);
    }
    return new ReplicationEvent.Truncate(
        relations, (options & CASCADE) != 0, (options & RESTART_IDENTITY) != 0);
  }

  private static ReplicationEvent message(BackendReader in) throws PostgresFormatException {
    boolean transactional = in.takeByte() == 1;
    var position = new Lsn(in.takeLong());
    var prefix = in.takeString();
    return new ReplicationEvent.Message(transactional, position, prefix, in.take(in.takeInt()));
  }

  private Table table(BackendReader in) throws PostgresFormatException {
    int id = in.takeInt();
    var table = tables.get(id);
    if (table == null) {
      throw new PostgresFormatException(
          "a change in table " + Integer.toUnsignedLong(id) + ", which was not described");
    }
    return table;
  }

  private static void expect(char wanted, byte found) throws PostgresFormatException {
    if (found != wanted) {
      throw new PostgresFormatException("byte " + found + " where a row begins");
    }
  }

  private static Row row(Table table, BackendReader in) throws PostgresFormatException {
    int count = in.takeUnsignedShort();
    if (count != table.types.size()) {
      throw new PostgresFormatException(
          count + " values for " + table.types.size() + " columns of " + table.relation);
    }
    var values = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      values[i] = value(table.types.get(i), in);
    }
    return Row.of(table.relation.columns(), values);
  }

  private static @Nullable Object value(PgType type, BackendReader in)
      throws PostgresFormatException {
    byte kind = in.takeByte();
    return switch (kind) {
      case 'n' -> null;
      case 'u' -> ReplicationEvent.UNCHANGED;
      case 't' -> in.takeText(in.takeInt());
      case 'b' -> type.codec().isText() ? in.take(in.takeInt()) : Element.decode(type.codec(), in);
      default -> throw new PostgresFormatException("a value of kind " + kind);
    };
  }
}
