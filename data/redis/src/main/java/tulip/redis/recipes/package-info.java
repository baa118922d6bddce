// SPDX-License-Identifier: Apache-2.0

/// What programs build on Redis again and again, and what each of it guarantees.
///
/// | | |
/// |---|---|
/// | [RedisLock] | one holder at a time, as far as a lease can promise that; a fencing token for the rest |
/// | [RedisSemaphore] | so many holders at a time |
/// | [TokenBucket], [SlidingWindow] | limits of rates |
/// | [RedisCache] | values that are loaded once and kept for a time |
/// | [RedisStore] | values that end after a time: sessions, for instance |
/// | [ValueCodec] | how values become bytes |
///
/// All of them work on [tulip.redis.RedisCommands]: a client, a connection, or a cluster, where the
/// keys of each are in one slot.
package tulip.redis.recipes;
