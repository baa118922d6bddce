// SPDX-License-Identifier: Apache-2.0
package tulip.postgres;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tulip.postgres.types.TypeCatalog;
import tulip.postgres.types.TypeCatalog.Definition;
import tulip.postgres.types.TypeCatalog.Kind;
import tulip.sql.Row;

/// Asks a database about types that are not known yet: those that its users have made.
final class Introspection {
  /// Where multiranges are known, from version 14 on.
  private static final String RANGES =
      " left join pg_range r on r.rngtypid = t.oid or r.rngmultitypid = t.oid";

  private static final String RANGES_BEFORE_14 = " left join pg_range r on r.rngtypid = t.oid";
  private static final int MULTIRANGES = 14;

  private final PostgresConnection connection;
  private final TypeCatalog types;

  /// What was learnt and is not in the catalogue yet.
  private final Map<Integer, Definition> learnt = new LinkedHashMap<>();

  Introspection(PostgresConnection connection) {
    this.connection = connection;
    types = connection.types();
  }

  /// Learns some types, and those that they are made of.
  void learn(Collection<Integer> ids) throws IOException {
    Set<Integer> wanted = new HashSet<>(ids);
    while (!wanted.isEmpty()) {
      ask(wanted);
      wanted = new HashSet<>();
      for (var type : learnt.values()) {
        wanted.addAll(type.parts());
      }
      wanted.removeIf(id -> types.find(id) != null || learnt.containsKey(id));
    }
    Set.copyOf(learnt.keySet()).forEach(this::define);
  }

  /// Defines a type behind its parts.
  private void define(int id) {
    var type = learnt.remove(id);
    if (type != null) {
      type.parts().forEach(this::define);
      types.define(type);
    }
  }

  private void ask(Set<Integer> ids) throws IOException {
    var oids = ids.stream().map(Integer::toUnsignedLong).toList();
    for (var row : connection.execute(query(), oids).rows()) {
      var type = definition(row);
      learnt.put(type.oid(), type);
    }
    for (int id : ids) {
      // One that was dropped meanwhile must not be asked for again.
      learnt.putIfAbsent(
          id, new Definition(id, "", "type " + id, Kind.BASE, 0, List.of(), List.of(), List.of()));
    }
  }

  private String query() {
    return "select t.oid, n.nspname, t.typname, t.typtype, t.typcategory, t.typelem, t.typbasetype,"
        + " r.rngsubtype, r.rngtypid,"
        + " array(select a.attname::text from pg_attribute a where a.attrelid = t.typrelid"
        + " and a.attnum > 0 and not a.attisdropped order by a.attnum) as fields,"
        + " array(select a.atttypid from pg_attribute a where a.attrelid = t.typrelid"
        + " and a.attnum > 0 and not a.attisdropped order by a.attnum) as field_types,"
        + " array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid"
        + " order by e.enumsortorder) as labels"
        + " from pg_type t join pg_namespace n on n.oid = t.typnamespace"
        + (majorVersion() < MULTIRANGES ? RANGES_BEFORE_14 : RANGES)
        + " where t.oid = any($1::oid[])";
  }

  /// What the server says of itself, or else a recent one: poolers and other databases have their
  /// own ways to say it.
  private int majorVersion() {
    var version = connection.parameter("server_version");
    var major = version == null ? "" : version.split("[^0-9]", 2)[0];
    return major.isEmpty() ? MULTIRANGES : Integer.parseInt(major);
  }

  private static Definition definition(Row row) {
    var kind = kind(row.get("typtype", String.class), row.get("typcategory", String.class));
    return new Definition(
        id(row, "oid"),
        row.get("nspname", String.class),
        row.get("typname", String.class),
        kind,
        switch (kind) {
          case ARRAY -> id(row, "typelem");
          case DOMAIN -> id(row, "typbasetype");
          case RANGE -> id(row, "rngsubtype");
          case MULTIRANGE -> id(row, "rngtypid");
          case BASE, COMPOSITE, ENUM -> 0;
        },
        row.getList("fields", String.class),
        row.getList("field_types", Long.class).stream().map(Long::intValue).toList(),
        row.getList("labels", String.class));
  }

  private static int id(Row row, String name) {
    return row.get(name, Long.class).intValue();
  }

  private static Kind kind(String type, String category) {
    return switch (type) {
      case "c" -> Kind.COMPOSITE;
      case "d" -> Kind.DOMAIN;
      case "e" -> Kind.ENUM;
      case "r" -> Kind.RANGE;
      case "m" -> Kind.MULTIRANGE;
      default -> category.equals("A") ? Kind.ARRAY : Kind.BASE;
    };
  }
}
