// SPDX-License-Identifier: Apache-2.0

/// SQL, by PostgreSQL: rows by their keys from many tasks, bulk data in both directions, and a web
/// service before it, beside other clients and servers.
package tulip.bench.sql;
