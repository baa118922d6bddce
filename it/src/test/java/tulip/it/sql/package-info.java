// SPDX-License-Identifier: Apache-2.0

/// Databases end to end: programs and soaks, and PostgreSQL as others see it: `psql`, pgjdbc,
/// asyncpg and aiopg.
@NullMarked
package tulip.it.sql;

import org.jspecify.annotations.NullMarked;
