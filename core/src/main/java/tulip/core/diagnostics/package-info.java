// SPDX-License-Identifier: Apache-2.0

/// What runs on a loop, who waits for whom and why, what holds the loop up, and how late it is:
/// immutable data for monitors and reports.
///
/// [tulip.core.EventLoop#snapshot()] looks at a loop. What it returns, a [LoopSnapshot], holds no
/// task or loop back, may be used by any thread, and says in words what it has seen.
///
/// Nothing in this package calls a loop: all arrows point from `tulip.core` to here.
package tulip.core.diagnostics;
