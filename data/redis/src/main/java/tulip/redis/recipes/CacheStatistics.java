// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import org.jspecify.annotations.Nullable;

/// What a [RedisCache] has done up to now.
///
/// @param hits how many values were there and fresh
/// @param staleHits how many were there and old
/// @param loads how many were loaded, or could not be
/// @param failures how often the server could not be asked or told, or a value not be loaded
/// @param lastFailure the last of these; `null` if there was none
public record CacheStatistics(
    long hits, long staleHits, long loads, long failures, @Nullable Throwable lastFailure) {}
