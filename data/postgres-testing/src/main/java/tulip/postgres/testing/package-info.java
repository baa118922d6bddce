// SPDX-License-Identifier: Apache-2.0

/// PostgreSQL servers for tests: [PostgresServer] starts one, [PostgresPrograms] says of which
/// version.
package tulip.postgres.testing;
