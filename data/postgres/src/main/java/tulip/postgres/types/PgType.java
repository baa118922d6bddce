// SPDX-License-Identifier: Apache-2.0
package tulip.postgres.types;

/// A type of a database.
///
/// @param oid its number there
/// @param name as `pg_type` has it; `_` before it for arrays
/// @param codec of its values
public record PgType(int oid, String name, TypeCodec codec) {
  /// A type whose values are taken as PostgreSQL prints them.
  public static PgType printed(int oid) {
    return new PgType(oid, "type " + oid, TextCodecs.PRINTED);
  }
}
