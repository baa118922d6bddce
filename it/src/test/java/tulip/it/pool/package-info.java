// SPDX-License-Identifier: Apache-2.0

/// Pools in every order of their tasks.
@NullMarked
package tulip.it.pool;

import org.jspecify.annotations.NullMarked;
