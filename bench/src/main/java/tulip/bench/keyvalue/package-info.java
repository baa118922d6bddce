// SPDX-License-Identifier: Apache-2.0

/// Redis and memcached: a value by its key from many tasks, and many at once, beside other clients.
package tulip.bench.keyvalue;
