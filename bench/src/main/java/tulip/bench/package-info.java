// SPDX-License-Identifier: Apache-2.0

/// Runs Tulip and its peers side by side in one run, and writes what came out as a report.
@NullMarked
package tulip.bench;

import org.jspecify.annotations.NullMarked;
