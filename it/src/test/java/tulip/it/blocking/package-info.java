// SPDX-License-Identifier: Apache-2.0

/// Blocking libraries, unchanged, in tasks of one loop, against real servers.
@NullMarked
package tulip.it.blocking;

import org.jspecify.annotations.NullMarked;
