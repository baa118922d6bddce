// SPDX-License-Identifier: Apache-2.0

/// How tasks get the turn.
///
/// A loop is one thread and a [ReadyQueue]. What stands in the queue is [Ready]: a [Callback], or a
/// [Fiber], which is a virtual thread that runs only while it holds the turn. Two engines make
/// fibers: [CarrierEngine] mounts them on the loop's own thread, [BatonEngine] hands the turn to
/// their threads and waits for it back.
///
/// The six laws of this room:
///
/// 1. Queueing a fiber never throws and never blocks. A closed loop refuses new tasks, never the
///    resumption of an old one: that goes to the [Reaper].
/// 2. The JDK's socket pollers are started from outside any loop, and one fiber has gone through
///    its whole life before the first real one ([CarrierProbe]).
/// 3. Callbacks run on a virtual thread of the loop too ([CallbackRunner]), so that they may take a
///    lock. Who asks "am I on my loop" asks [ReadyQueue#isOwner], not `Thread.currentThread()`.
/// 4. A wait on a pinned thread would hold up the loop for ever: the watchdog breaks it.
/// 5. Closing runs until no task is left and leaves late wakers to the [Reaper].
/// 6. No `synchronized`, `Object.wait`, `Thread.sleep` or `Thread.yield` in this code base; every
///    wait loops on a flag of its own.
package tulip.core.engine;
