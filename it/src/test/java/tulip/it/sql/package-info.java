// SPDX-License-Identifier: Apache-2.0

/// PostgreSQL as others see it: `psql`, pgjdbc, asyncpg and aiopg.
@NullMarked
package tulip.it.sql;

import org.jspecify.annotations.NullMarked;
