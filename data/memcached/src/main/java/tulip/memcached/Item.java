// SPDX-License-Identifier: Apache-2.0
package tulip.memcached;

/// A value with what is needed to replace it safely.
///
/// @param value the value
/// @param cas its version, for [Memcached#cas]
/// @param <V> its type
public record Item<V>(V value, long cas) {}
