// SPDX-License-Identifier: Apache-2.0

/// Bridges between a loop and threads that are none of its tasks.
///
/// | who calls | whom | with |
/// |---|---|---|
/// | a task | code that blocks | [ToThread], or the simpler [tulip.core.Tulip#blocking] |
/// | that code | back into its task's loop | [FromThread] |
/// | any other thread | a loop | [Portal] |
///
/// They are trio's `to_thread` and `from_thread`, and anyio's `BlockingPortal`. Context variables
/// travel with every call, and cancellation crosses every bridge: nobody is left waiting on the
/// other side, and no thread is left running unless it was said that it may be.
package tulip.core.threads;
