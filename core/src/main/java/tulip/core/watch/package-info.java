// SPDX-License-Identifier: Apache-2.0

/// Who holds up a loop: one thread, the [Watchdog], looks at all loops that run, from outside.
///
/// A [Watch] is what it knows of one loop; [Watched] is what a loop lets it see. When one stands
/// still, a [Diagnosis] of the stack says why.
package tulip.core.watch;
