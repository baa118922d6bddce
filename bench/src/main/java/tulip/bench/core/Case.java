// SPDX-License-Identifier: Apache-2.0
package tulip.bench.core;

/// What is measured, in the order of the report. The names are those of the figures.
enum Case {
  START("start", "start and finish an empty task", 150),
  START_IN_GROUP("startInGroup", "the same in a group of 1,000 that waits for it", 200),
  SWITCH_2("switch2", "switch between 2 tasks", 200),
  SWITCH_100("switch100", "switch among 100 tasks", 200),
  HAND_OVER("handOver", "hand a value to another task (future, channel)", 0),
  FREE_LOCK("freeLock", "acquire and release a free lock", 20),
  LOCK_HAND_OVER("lockHandOver", "hand a lock to the task that waits for it", 300),
  PERMITS("permits", "acquire and release a free permit of a semaphore", 0),
  QUEUE_HAND_OVER("queueHandOver", "hand an item to another task (queue)", 300),
  RENDEZVOUS("channels0", "send and receive, channel without a buffer", 0),
  BUFFERED("channels100", "send and receive, channel with room for 100", 0),
  SELECTS("selects", "send and receive, select over 2 channels", 0),
  WAKE("wake", "an event wakes one of 1,000 tasks", 0),
  BOUNDED_MAP("boundedMap", "bounded map, 10 at once, an item", 0),
  CALL_SOON("callSoon", "`callSoon`, 1,000 an iteration", 30),
  CALL_SOON_CHAIN("callSoonChain", "`callSoon`, 1 an iteration", 0),
  CALL_SOON_THREAD_SAFE("callSoonThreadSafe", "`callSoonThreadSafe` from another thread", 0),
  LOOP_HOP("loopHop", "hop to another thread's loop", 0),
  CANCEL("cancel", "start a task, cancel it in its sleep, await it", 0),
  TIMEOUT("timeout", "time limit around an empty block", 0),
  TIMERS("timers", "set and cancel one of 1,000,000 timers", 0),
  SLEEPERS("sleepers", "wake one of 1,000,000 sleeping tasks", 2_000);

  final String id;
  final String title;

  /// Nanoseconds to reach; 0 for none.
  final int target;

  Case(String id, String title, int target) {
    this.id = id;
    this.title = title;
    this.target = target;
  }
}
