// SPDX-License-Identifier: Apache-2.0
package tulip.core;

/// A task called a timed wait of the JDK, such as `Thread.sleep`, on a loop whose time is virtual.
///
/// Such a wait goes by the real clock and would stop virtual time for as long. The message names
/// the call. Use [Tulip#sleep] and [Tulip#timeout].
public final class ForeignWaitError extends Error {
  private static final long serialVersionUID = 1;

  private ForeignWaitError(String message) {
    super(message);
  }

  /// Names the call that a task sits in.
  static ForeignWaitError of(Task<?> task) {
    var stack = task.thread().getStackTrace();
    var call = stack.length == 0 ? null : stack[0];
    for (var frame : stack) {
      if (!isWait(frame.getClassName())) {
        break;
      }
      call = frame;
    }
    var error =
        new ForeignWaitError(
            task
                + " waits in "
                + (call == null ? "foreign code" : call.getClassName() + "." + call.getMethodName())
                + " with a time limit, which goes by the real clock: on a virtual one use Tulip.sleep"
                + " and Tulip.timeout");
    error.setStackTrace(stack);
    return error;
  }

  /// Whether a frame belongs to the JDK's way of waiting rather than to the code that waits.
  private static boolean isWait(String type) {
    return type.startsWith("java.lang.")
        || type.startsWith("java.util.concurrent.")
        || type.startsWith("jdk.internal.");
  }
}
