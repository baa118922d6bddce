// SPDX-License-Identifier: Apache-2.0

/// The same raw bytes for several servers, and what each makes of them.
@NullMarked
package tulip.it.http.raw;

import org.jspecify.annotations.NullMarked;
