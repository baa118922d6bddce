// SPDX-License-Identifier: Apache-2.0

/// HTTP servers beside each other: each a process with the same pages, on one processor.
///
/// Reading order: `WebSuite` says who is measured with what, `Load` how. The classes named after
/// servers are programs.
@NullMarked
package tulip.bench.web;

import org.jspecify.annotations.NullMarked;
