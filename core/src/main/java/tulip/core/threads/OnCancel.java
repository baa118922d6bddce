// SPDX-License-Identifier: Apache-2.0
package tulip.core.threads;

/// What becomes of a call on a thread when the task that waits for it is cancelled.
public enum OnCancel {
  /// The task waits for the call to end all the same. The call may ask [FromThread#checkCancelled].
  /// What it returns is returned, so that nothing is lost; the task's next wait throws.
  WAIT,

  /// The thread is interrupted once, and the task waits for the call to end. If it ends by the
  /// interrupt, the task gets its cancellation; if not, what it returns is returned. Mind that an
  /// interrupt closes channels and sockets of the JDK that the call reads or writes.
  INTERRUPT,

  /// The task goes on at once, and the call is left behind. What it returns is dropped; what it
  /// throws is reported to the loop's exception handler. Only for calls that own nothing, such as
  /// the look-up of a host's name.
  ABANDON
}
