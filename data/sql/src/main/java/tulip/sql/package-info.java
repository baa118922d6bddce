// SPDX-License-Identifier: Apache-2.0

/// SQL databases for tasks.
///
/// | | |
/// |---|---|
/// | [Database] | a database, with a pool of connections |
/// | [SqlConnection] | one connection, for what lasts longer than a transaction |
/// | [Transaction] | a transaction, or a savepoint in one |
/// | [Queries] | what all three can do |
/// | [Row], [RowStream], [Result] | what comes back |
/// | [SqlException] | what goes wrong |
///
/// What holds for all databases:
///
/// - **Statements are straight lines**: each method waits for its result, and can be cancelled.
/// - **Parameters are `$1`, `$2`** ... and never part of the text.
/// - **Nothing is left behind**: a connection whose statement was cut is brought to a known state
///   before somebody else gets it, or ended.
/// - **A transaction is a value** that blocks and child tasks are given, and ends with its block.
///
/// How a database is joined to this: [tulip.sql.spi].
package tulip.sql;
