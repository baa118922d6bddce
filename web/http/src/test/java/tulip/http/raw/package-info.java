// SPDX-License-Identifier: Apache-2.0

/// Raw requests for tests: tables and folders of them, and what came back. Also for tests of other
/// modules.
@NullMarked
package tulip.http.raw;

import org.jspecify.annotations.NullMarked;
