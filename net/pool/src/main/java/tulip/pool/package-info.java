// SPDX-License-Identifier: Apache-2.0

/// What all clients share about their connections.
///
/// | | |
/// |---|---|
/// | [Connector] | what a client tells: how a connection begins, ends, and whether it works |
/// | [ConnectionPool] | lends connections, each to one task at a time |
/// | [PoolMap] | the same for many servers, with a limit for all of them |
/// | [ResilientSession] | keeps one connection up, which tasks share |
/// | [Inbox], [Receiving] | what a server sends by itself, for tasks that take it |
/// | [Backoff] | when to try again |
///
/// What holds for all of them:
///
/// - **A connection whose exchange was cut is not used again**, unless the connector knows that no
///   reply is owed on it. Else a late reply would go to whoever asks next.
/// - **Every wait has a deadline**, also if nobody says so, and can be cancelled; then nothing is
///   lost, and nothing is left open.
/// - **Structured**: a pool or session is a block. Its tasks run in a group of the task that opened
///   it, and end with it.
/// - **One loop.** Objects are for the tasks of the loop that opened them.
package tulip.pool;
