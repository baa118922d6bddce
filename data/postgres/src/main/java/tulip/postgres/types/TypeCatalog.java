// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types of one database, as far as they are known: those that every server has, and those that
/// it was asked for.
public final class TypeCatalog {
  /// `record`: rows of no type, which say themselves what is in them.
  private static final int RECORD = 2249;

  private static final int RECORDS = 2287;

  private final Map<String, TypeCodec> custom;
  private final Map<Integer, PgType> types;

  /// @param custom codecs to use for types of these names, be they built in or not; with the schema
  ///   before it, `schema.name`, for one in that schema alone
  public TypeCatalog(Map<String, TypeCodec> custom) {
    this.custom = Map.copyOf(custom);
    types = new HashMap<>(BuiltInTypes.scalars(this.custom));
    var record = new PgType(RECORD, "record", new CompositeCodec(List.of(), List.of(), this::get));
    types.put(RECORD, record);
    for (var array : BuiltInTypes.ARRAYS) {
      addArray(array[0], get(array[1]));
    }
    addArray(RECORDS, record);
  }

  private void addArray(int oid, PgType element) {
    types.put(oid, new PgType(oid, "_" + element.name(), new ArrayCodec(element)));
  }

  /// A type; `null` if it is not known yet.
  public @Nullable PgType find(int oid) {
    return types.get(oid);
  }

  /// A type; one that is not known is printed text.
  public PgType get(int oid) {
    var type = types.get(oid);
    return type == null ? PgType.printed(oid) : type;
  }

  /// What a database says about a type.
  ///
  /// @param oid its number
  /// @param schema where it is
  /// @param name of it
  /// @param kind of it
  /// @param part the type of an array's elements, a range's bounds or a multirange's ranges, or
  ///   what a domain is made of; 0 if there is none
  /// @param fields the names of a composite type's fields
  /// @param fieldTypes and their types
  /// @param labels of an enumeration
  public record Definition(
      int oid,
      String schema,
      String name,
      Kind kind,
      int part,
      List<String> fields,
      List<Integer> fieldTypes,
      List<String> labels) {
    /// The types that must be known before this one.
    public List<Integer> parts() {
      var parts = new ArrayList<>(fieldTypes);
      if (part != 0) {
        parts.add(part);
      }
      return parts;
    }
  }

  /// What kind of type it is.
  public enum Kind {
    /// None of the others; an extension's type perhaps.
    BASE,
    /// Values of another type.
    ARRAY,
    /// Fields.
    COMPOSITE,
    /// Another type with a check.
    DOMAIN,
    /// Labels.
    ENUM,
    /// From a value to another.
    RANGE,
    /// Several ranges.
    MULTIRANGE
  }

  /// Takes a type in whose parts are known.
  public void define(Definition type) {
    var codec = custom.get(type.schema() + "." + type.name());
    if (codec == null) {
      codec = custom.get(type.name());
    }
    types.put(type.oid(), new PgType(type.oid(), type.name(), codec == null ? codec(type) : codec));
  }

  private TypeCodec codec(Definition type) {
    return switch (type.kind()) {
      case BASE -> base(type.name());
      case ARRAY -> new ArrayCodec(get(type.part()));
      case COMPOSITE ->
          new CompositeCodec(
              type.fields(), type.fieldTypes().stream().map(this::get).toList(), this::get);
      case DOMAIN -> get(type.part()).codec();
      case ENUM -> new EnumCodec(type.labels());
      case RANGE -> new RangeCodec(get(type.part()));
      case MULTIRANGE -> new MultirangeCodec(get(type.part()));
    };
  }

  private static TypeCodec base(String name) {
    return switch (name) {
      case "hstore" -> new HstoreCodec();
      case "citext" -> TextCodecs.TEXT;
      default -> TextCodecs.PRINTED;
    };
  }
}
