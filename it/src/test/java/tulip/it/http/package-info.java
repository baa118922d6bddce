// SPDX-License-Identifier: Apache-2.0

/// `tulip.http` with clients that nobody here wrote: curl, Python's own, aiohttp, wrk.
@NullMarked
package tulip.it.http;

import org.jspecify.annotations.NullMarked;
