// SPDX-License-Identifier: Apache-2.0
package tulip.redis.recipes;

import java.time.Duration;

/// What a limit of a rate says to somebody.
///
/// @param allowed whether it is allowed, and was counted
/// @param remaining how many more would be allowed at this moment
/// @param retryAfter after which time it is worth asking again, if nobody else does; zero if it is
///   allowed
public record RateDecision(boolean allowed, long remaining, Duration retryAfter) {}
