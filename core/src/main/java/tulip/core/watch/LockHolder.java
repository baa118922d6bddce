// SPDX-License-Identifier: Apache-2.0
package tulip.core.watch;

import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/// Which lock a thread waits for, and who holds it, as the JVM's management interface says.
///
/// It knows platform threads only, and may be missing.
///
/// @param lock the lock in the JVM's words
/// @param holder the name of the thread that holds it; `null` for a virtual thread
record LockHolder(String lock, @Nullable String holder) {
  /// What is known of a thread's wait, or `null`.
  static @Nullable LockHolder of(Thread thread) {
    try {
      return thread.isVirtual() ? null : ask(thread);
    } catch (LinkageError e) {
      return null; // this JVM has no module java.management
    }
  }

  private static @Nullable LockHolder ask(Thread thread) {
    var info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.threadId());
    var lock = info == null ? null : info.getLockName();
    return lock == null ? null : new LockHolder(lock, info.getLockOwnerName());
  }
}
