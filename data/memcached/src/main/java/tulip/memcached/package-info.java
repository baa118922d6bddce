// SPDX-License-Identifier: Apache-2.0

/// A memcached client: many tasks on one connection to each server.
///
/// Reading order: [tulip.memcached.Memcached] is the client, [tulip.memcached.MemcachedOptions]
/// says how it works, [tulip.memcached.ValueCodec] turns values into bytes and back.
package tulip.memcached;
