// SPDX-License-Identifier: Apache-2.0

/// Any JDBC driver behind `tulip.sql`.
///
/// JDBC blocks the thread that calls it. So each connection has a thread of its own, and a task
/// waits for what that does: the loop never blocks, whatever driver it is. There are as many
/// threads as the pool has connections.
///
/// | | where | what |
/// |---|---|---|
/// | [JdbcConnection] | the loop | waits, and keeps statements in order |
/// | `JdbcThread`, `Call` | between | sends calls over, and cancels them |
/// | `JdbcSession` | the thread | calls JDBC |
/// | [JdbcDialect] | the thread | what a database does its own way |
package tulip.sql.jdbc;
