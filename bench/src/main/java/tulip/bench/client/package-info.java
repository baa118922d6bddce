// SPDX-License-Identifier: Apache-2.0

/// HTTP clients side by side, with one server that nobody here wrote.
@NullMarked
package tulip.bench.client;

import org.jspecify.annotations.NullMarked;
