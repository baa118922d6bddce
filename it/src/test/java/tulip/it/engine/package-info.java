// SPDX-License-Identifier: Apache-2.0

/// What can hang a loop or the whole JVM, and the cure of each; each in a JVM of its own.
@NullMarked
package tulip.it.engine;

import org.jspecify.annotations.NullMarked;
