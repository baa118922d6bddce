// SPDX-License-Identifier: Apache-2.0

/// What tasks of one loop wait for each other with: asyncio's and trio's synchronisation
/// primitives, and aiorwlock's lock for readers and writers.
///
/// Between two waits a task is alone on its loop, so that much code needs no lock at all. One is
/// needed where an invariant must hold over a wait.
///
/// Whatever can be held is held for the time of a block, and [Acquirable] has the methods:
///
/// ```java
/// lock.run(() -> {
///   var balance = db.balance(id);
///   db.setBalance(id, balance + amount);
/// });
/// ```
///
/// The rules are the same for all:
///
/// - **Order.** Who waits longest goes first. What is released is handed to that task at once,
///   before it runs: nobody can overtake it, and nobody is woken in vain.
/// - **The turn.** An operation that can go on at once does so: it does not give up the turn, and
///   does not look whether the task is cancelled. A loop that finds its lock free each time must
///   call [tulip.core.Tulip#yield] if others are to run. aiorwlock calls this its fast mode.
/// - **Cancellation.** A wait that is cancelled leaves its queue at that moment, and nothing is
///   handed to it any more. If the hand-over came first, even in the same iteration, the operation
///   succeeds and the next wait is told of the cancellation. So nothing is lost either way.
/// - **Deadlines.** `Tulip.timeout(limit, () -> lock.acquire())` or any scope around; an expired
///   wait has not acquired.
/// - **Loops.** A primitive is made anywhere, without a loop, and belongs to the loop of the first
///   task that waits for it. Tasks of other loops, and other threads, are refused with an
///   [IllegalStateException] that says what to do.
/// - **Ended owners.** A task that ends with a [Lock] or [RwLock] in hand has left what it guards
///   in an unknown state: whoever waits or comes later gets a [BrokenLockException]. Only a lock
///   that somebody waits for asks the holder's task to tell, so that this costs nothing otherwise.
/// - **Reports.** `toString` and `statistics()` say who holds and who waits.
package tulip.core.sync;
