// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tulip.bytes.ByteWriter;
import tulip.bytes.Bytes;
import tulip.core.sync.Event;
import tulip.postgres.protocol.FieldDescription;
import tulip.postgres.protocol.FrontendWriter;
import tulip.postgres.types.Element;
import tulip.postgres.types.PgType;
import tulip.postgres.types.TypeCatalog;

/// A statement that a server was asked about, and perhaps keeps: its parameters and columns.
final class PreparedStatement {
  private static final Bytes ALL_BINARY = Bytes.ofHex("00010001");

  /// At the server; empty if it is not kept there.
  final String name;

  final String sql;

  /// Set when the server has answered, or cannot any more.
  final Event answered = new Event();

  private @Nullable List<Integer> parameterIds;
  private List<FieldDescription> fields = List.of();
  private List<PgType> parameters = List.of();
  private Bytes parameterFormats = ALL_BINARY;
  private Bytes resultFormats = ALL_BINARY;
  private @Nullable RowDecoder rows;

  PreparedStatement(String name, String sql) {
    this.name = name;
    this.sql = sql;
  }

  /// Takes what the server says.
  void described(List<Integer> parameterIds, List<FieldDescription> fields) {
    this.parameterIds = parameterIds;
    this.fields = fields;
  }

  /// Whether the server has described it.
  boolean isDescribed() {
    return parameterIds != null;
  }

  boolean isResolved() {
    return rows != null;
  }

  /// The ids of the types that it has to do with.
  Stream<Integer> typeIds() {
    var ids = parameterIds == null ? List.<Integer>of() : parameterIds;
    return Stream.concat(ids.stream(), fields.stream().map(FieldDescription::type));
  }

  /// Finds the codecs; those that are not known by now are printed text.
  void resolve(TypeCatalog types) {
    var ids = parameterIds == null ? List.<Integer>of() : parameterIds;
    parameters = ids.stream().map(types::get).toList();
    var binary =
        fields.stream()
            .map(field -> types.get(field.type()))
            .map(type -> !type.codec().isText())
            .toList();
    parameterFormats = formats(parameters.stream().map(type -> !type.codec().isText()).toList());
    resultFormats = formats(binary);
    var asked = new ArrayList<FieldDescription>();
    for (int i = 0; i < fields.size(); i++) {
      asked.add(new FieldDescription(fields.get(i).name(), fields.get(i).type(), binary.get(i)));
    }
    rows = RowDecoder.of(asked, types);
  }

  private static Bytes formats(List<Boolean> binary) {
    if (!binary.contains(false)) {
      return ALL_BINARY;
    }
    var out = new ByteWriter(2 + 2 * binary.size()).putShort(binary.size());
    binary.forEach(each -> out.putShort(each ? 1 : 0));
    return out.toBytes();
  }

  RowDecoder rows() {
    if (rows == null) {
      throw new IllegalStateException("the columns of this statement are not known yet: " + sql);
    }
    return rows;
  }

  List<PgType> parameters() {
    return parameters;
  }

  /// The types of the columns.
  List<PgType> types() {
    return rows().types();
  }

  /// Writes a Bind message.
  ///
  /// @throws IllegalArgumentException if the arguments do not fit
  void bind(String portal, @Nullable Object[] arguments, FrontendWriter writer) {
    if (arguments.length != parameters.size()) {
      throw new IllegalArgumentException(
          "%d arguments for the %d parameters of: %s"
              .formatted(arguments.length, parameters.size(), sql));
    }
    int start = writer.beginBind(portal, name);
    var out = writer.out().put(parameterFormats).putShort(arguments.length);
    for (int i = 0; i < arguments.length; i++) {
      put(i, arguments[i], out);
    }
    writer.endBind(start, resultFormats);
  }

  private void put(int i, @Nullable Object argument, ByteWriter out) {
    try {
      Element.encode(parameters.get(i).codec(), argument, out);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "$%d is of type %s: %s; of: %s"
              .formatted(i + 1, parameters.get(i).name(), e.getMessage(), sql),
          e);
    }
  }

  @Override
  public String toString() {
    return sql;
  }
}
