// SPDX-License-Identifier: Apache-2.0
package tulip.redis;

/// What a [CachingRedis] has done up to now.
///
/// @param entries how many replies it keeps
/// @param hits how many commands it has answered itself
/// @param misses how many it has asked the server, and might have known
/// @param invalidated how many replies were dropped because a key has changed, or the connection
///   was lost
/// @param evicted how many had to go because there were too many
public record CachingStatistics(
    int entries, long hits, long misses, long invalidated, long evicted) {}
