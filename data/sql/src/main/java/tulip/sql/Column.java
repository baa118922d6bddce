// SPDX-License-Identifier: Apache-2.0
package tulip.sql;

/// A column of a result.
///
/// @param name as the database says it, which need not be unique
/// @param type the type's name, as the database calls it: `int4`, `text`, `numeric`
public record Column(String name, String type) {}
