// SPDX-License-Identifier: Apache-2.0

/// The resolver against name servers that others wrote.
@NullMarked
package tulip.it.dns;

import org.jspecify.annotations.NullMarked;
