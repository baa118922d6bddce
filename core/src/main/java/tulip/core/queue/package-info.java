// SPDX-License-Identifier: Apache-2.0

/// Queues and channels between the tasks of one loop.
///
/// | | |
/// |---|---|
/// | [Queue], [PriorityQueue], [LifoQueue] | asyncio's: work for some tasks that anybody may add to, and that [Queue#join] sees to its end |
/// | [Channel] | trio's: an ends' pair for each user; the receivers' iteration ends when the last sender has closed |
/// | [Select] | whichever of several channels is ready first |
/// | [Generator] | a piece of code that sends, as something to iterate over |
///
/// What holds for all of them:
///
/// - **Capacity is always said**, and "no limit" is spelt out: [Queue#UNBOUNDED].
/// - **Who need not wait does not.** An operation that can be done at once is done without giving
///   up the turn, and without a look at whether the task is cancelled: asyncio's rule. A loop
///   around operations that never wait holds up all others; [tulip.core.Tulip#yield] is for that.
/// - **Waiting is first come, first served.** Nobody overtakes: an item goes straight to the task
///   that has waited longest, room goes straight to the item of the task that has waited longest.
/// - **Cancellation loses nothing.** A wait that was cancelled has done nothing: its item was not
///   taken, or was not given. A wait that an item has reached before the cancellation returns it;
///   the task's next wait is the one that throws.
/// - **One loop.** The first operation ties a queue or channel to the loop that runs it. From then
///   on operations of other threads and loops throw [IllegalStateException] while that loop runs:
///   they go through [tulip.core.EventLoop#callSoonThreadSafe] or [tulip.core.EventLoop#submit].
///   Sizes and statistics may be read anywhere, as a moment's view. Callbacks may do what need not
///   wait.
/// - **No nulls** pass through; null says "nothing there".
///
/// The names [Queue], [PriorityQueue] and [Channel] are also the JDK's: where a whole module is
/// imported, import these one by one.
package tulip.core.queue;
