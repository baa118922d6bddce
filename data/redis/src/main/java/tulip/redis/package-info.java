// SPDX-License-Identifier: Apache-2.0

/// A Redis client for tasks: commands are plain methods, and what the tasks of a loop call at the
/// same time leaves in one write.
///
/// | | |
/// |---|---|
/// | [Redis] | a client: one connection that tasks share, and a pool for what blocks |
/// | [RedisCommands] | the commands, by group; [Commands#call(Object...)] for all that are not typed |
/// | [Batch] | several commands in one piece: pipelines and transactions |
/// | [RedisCluster] | the same for a cluster; [ClusterOptions] |
/// | [RedisSentinel] | clients of a master and its replicas, where sentinels say that they are |
/// | [CachingRedis] | a client that keeps what it has read until it changes; [CachingOptions] |
/// | [RedisOptions], [Login], [Endpoint] | where, who, and how |
/// | [RedisConnection] | one connection |
/// | [Subscription] | messages of channels, and the gaps between them |
/// | [StreamConsumer] | a loop over the entries of a stream, which acknowledges them |
///
/// What holds for all of them:
///
/// - **A reply goes to the command that it belongs to, or to nobody.** Commands can be cancelled
///   and late at any time.
/// - **Nothing is sent twice by the client itself.** Where a connection is lost the error says
///   whether the command may have been executed.
/// - **Keys and fields are texts**; values are texts, bytes or numbers. Who has other keys uses
///   [Commands#call(Object...)].
/// - **One loop.** A client is for the tasks of the loop that opened it.
package tulip.redis;
