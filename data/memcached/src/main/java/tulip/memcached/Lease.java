// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

import org.jspecify.annotations.Nullable;

/// What [Memcached#lease] found, and whose turn it is to compute the value.
///
/// @param value the value, perhaps a stale one; `null` if there is none yet
/// @param won whether the caller is to compute it and to store it with [Memcached#cas]: of all who
///   ask, one at a time is told so
/// @param stale whether the value was invalidated, see [Memcached#invalidate]
/// @param cas the version, for [Memcached#cas]
/// @param <V> the type of the value
public record Lease<V>(@Nullable V value, boolean won, boolean stale, long cas) {}
