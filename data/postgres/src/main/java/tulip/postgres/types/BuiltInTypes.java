// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The types that every server has, with the numbers that they have in `pg_type.dat` of its source.
final class BuiltInTypes {
  private final Map<Integer, PgType> types = new HashMap<>();

  private BuiltInTypes(Map<String, TypeCodec> custom) {
    addNumbers();
    addTexts();
    addTimes();
    addOthers();
    addPrinted();
    types.replaceAll((oid, type) ->
        new PgType(oid, type.name(), custom.getOrDefault(type.name(), type.codec())));
  }

  /// All of them but arrays and ranges, by their numbers.
  ///
  /// @param custom codecs to use instead, by the types' names
  static Map<Integer, PgType> scalars(Map<String, TypeCodec> custom) {
    return new BuiltInTypes(custom).types;
  }

  private void addNumbers() {
    add(16, "bool", NumberCodecs.BOOL);
    add(21, "int2", NumberCodecs.INT2);
    add(23, "int4", NumberCodecs.INT4);
    add(20, "int8", NumberCodecs.INT8);
    add(26, "oid", NumberCodecs.OID);
    add(28, "xid", NumberCodecs.OID);
    add(29, "cid", NumberCodecs.OID);
    add(5069, "xid8", NumberCodecs.INT8);
    add(700, "float4", NumberCodecs.FLOAT4);
    add(701, "float8", NumberCodecs.FLOAT8);
    add(1700, "numeric", new NumericCodec());
    add(790, "money", NumberCodecs.MONEY);
  }

  private void addTexts() {
    add(18, "char", TextCodecs.CHAR);
    add(19, "name", TextCodecs.TEXT);
    add(25, "text", TextCodecs.TEXT);
    add(705, "unknown", TextCodecs.TEXT);
    add(1042, "bpchar", TextCodecs.TEXT);
    add(1043, "varchar", TextCodecs.TEXT);
    add(1790, "refcursor", TextCodecs.TEXT);
    add(2275, "cstring", TextCodecs.TEXT);
    add(142, "xml", TextCodecs.TEXT);
    add(114, "json", TextCodecs.JSON);
    add(3802, "jsonb", TextCodecs.JSONB);
    add(4072, "jsonpath", TextCodecs.JSONPATH);
  }

  private void addTimes() {
    add(1082, "date", TimeCodecs.DATE);
    add(1083, "time", TimeCodecs.TIME);
    add(1266, "timetz", TimeCodecs.TIMETZ);
    add(1114, "timestamp", TimeCodecs.TIMESTAMP);
    add(1184, "timestamptz", TimeCodecs.TIMESTAMPTZ);
    add(1186, "interval", TimeCodecs.INTERVAL);
  }

  private void addOthers() {
    add(17, "bytea", BinaryCodecs.BYTEA);
    add(2950, "uuid", BinaryCodecs.UUID_CODEC);
    add(1560, "bit", BinaryCodecs.BITS);
    add(1562, "varbit", BinaryCodecs.BITS);
    add(3220, "pg_lsn", BinaryCodecs.LSN);
    add(27, "tid", BinaryCodecs.TID);
    add(869, "inet", NetworkCodecs.INET);
    add(650, "cidr", NetworkCodecs.CIDR);
    add(829, "macaddr", NetworkCodecs.MAC_ADDRESS);
    add(774, "macaddr8", NetworkCodecs.MAC_ADDRESS);
    add(600, "point", GeometryCodecs.POINT);
    add(601, "lseg", GeometryCodecs.LSEG);
    add(602, "path", GeometryCodecs.PATH);
    add(603, "box", GeometryCodecs.BOX);
    add(604, "polygon", GeometryCodecs.POLYGON);
    add(628, "line", GeometryCodecs.LINE);
    add(718, "circle", GeometryCodecs.CIRCLE);
  }

  /// Names of things, which print better than their numbers, and what has no simple binary format.
  private void addPrinted() {
    add(24, "regproc", TextCodecs.PRINTED);
    add(2202, "regprocedure", TextCodecs.PRINTED);
    add(2203, "regoper", TextCodecs.PRINTED);
    add(2204, "regoperator", TextCodecs.PRINTED);
    add(2205, "regclass", TextCodecs.PRINTED);
    add(2206, "regtype", TextCodecs.PRINTED);
    add(4096, "regrole", TextCodecs.PRINTED);
    add(4089, "regnamespace", TextCodecs.PRINTED);
    add(3734, "regconfig", TextCodecs.PRINTED);
    add(3769, "regdictionary", TextCodecs.PRINTED);
    add(3614, "tsvector", TextCodecs.PRINTED);
    add(3615, "tsquery", TextCodecs.PRINTED);
    add(2970, "txid_snapshot", TextCodecs.PRINTED);
    add(5038, "pg_snapshot", TextCodecs.PRINTED);
    add(1033, "aclitem", TextCodecs.PRINTED);
    add(2278, "void", TextCodecs.PRINTED);
  }

  private void add(int oid, String name, TypeCodec codec) {
    types.put(oid, new PgType(oid, name, codec));
  }

  /// Which arrays there are: the array's number, and that of its elements.
  static final List<int[]> ARRAYS =
      List.of(
          new int[][] {
            {1000, 16},
            {1001, 17},
            {1002, 18},
            {1003, 19},
            {1005, 21},
            {22, 21},
            {1006, 22},
            {1007, 23},
            {1008, 24},
            {1009, 25},
            {1010, 27},
            {1011, 28},
            {1012, 29},
            {30, 26},
            {1013, 30},
            {1014, 1042},
            {1015, 1043},
            {1016, 20},
            {1017, 600},
            {1018, 601},
            {1019, 602},
            {1021, 700},
            {1022, 701},
            {1027, 604},
            {1028, 26},
            {1034, 1033},
            {1040, 829},
            {1041, 869},
            {1115, 1114},
            {1182, 1082},
            {1183, 1083},
            {1185, 1184},
            {1187, 1186},
            {1231, 1700},
            {1263, 2275},
            {1270, 1266},
            {1561, 1560},
            {1563, 1562},
            {143, 142},
            {199, 114},
            {2201, 1790},
            {2207, 2202},
            {2208, 2203},
            {2209, 2204},
            {2210, 2205},
            {2211, 2206},
            {2951, 2950},
            {2949, 2970},
            {3221, 3220},
            {3643, 3614},
            {3645, 3615},
            {3735, 3734},
            {3770, 3769},
            {3807, 3802},
            {4073, 4072},
            {4090, 4089},
            {4097, 4096},
            {5039, 5038},
            {271, 5069},
            {629, 628},
            {651, 650},
            {719, 718},
            {775, 774},
            {791, 790},
            {1020, 603}
          });
}
