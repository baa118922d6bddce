// SPDX-License-Identifier: Apache-2.0

/// `tulip.memcached` with Debian's memcached, and with what Python's clients store there and read.
@NullMarked
package tulip.it.memcached;

import org.jspecify.annotations.NullMarked;
