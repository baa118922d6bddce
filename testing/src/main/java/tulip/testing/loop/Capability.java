// SPDX-License-Identifier: Apache-2.0
package tulip.testing.loop;

/// What a loop can do beyond running tasks. [LoopContract] leaves out the cases that need what it
/// lacks, and its report card says which.
public enum Capability {
  /// A thread of the caller's can run it: with `runForever`, `runUntilComplete` and `runOnce`,
  /// until `stop`. A loop that lives in a host's is run by the host alone.
  RUN,

  /// It watches the JDK's selectable channels.
  CHANNELS,

  /// A wait in foreign code (a lock, a sleep or a socket of the JDK's) suspends the task alone and
  /// not the loop. The baton engine cannot.
  FOREIGN_WAITS
}
