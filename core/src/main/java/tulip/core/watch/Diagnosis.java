// SPDX-License-Identifier: Apache-2.0
package tulip.core.watch;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tulip.core.diagnostics.BlockVerdict;
import tulip.core.diagnostics.BlockVerdict.BlockingCall;
import tulip.core.diagnostics.BlockVerdict.Computing;
import tulip.core.diagnostics.BlockVerdict.ForeignWait;
import tulip.core.diagnostics.BlockVerdict.Lock;
import tulip.core.diagnostics.BlockVerdict.Pinned;

/// Finds out from a thread's state and stack why it does not go on.
///
/// @param thread the thread
/// @param state its state at that moment
/// @param stack its stack, the innermost frame first
record Diagnosis(Thread thread, Thread.State state, List<StackTraceElement> stack) {
  /// Frames of the JDK above which a wait has not begun.
  private static final int TOP = 4;

  /// The verdict.
  ///
  /// @param leavesToWait whether the thread would leave the loop to wait, if only it could
  BlockVerdict verdict(boolean leavesToWait) {
    boolean waits = state != Thread.State.RUNNABLE;
    if (leavesToWait && waits) {
      return new Pinned(pinningFrame());
    }
    var frame = innermostOfProgram();
    var call = KnownCalls.find(jdkFrames());
    if (call != null) {
      return new BlockingCall(call.name(), call.advice(), frame);
    }
    if (!waits) {
      return new Computing(frame);
    }
    return waitsForLock() ? lock(frame) : new ForeignWait(frame);
  }

  /// Whether a virtual thread waits without having left its carrier.
  static boolean isParkedOnCarrier(StackTraceElement[] frames) {
    for (int i = 0; i < Math.min(TOP, frames.length); i++) {
      if (frames[i].getMethodName().equals("parkOnCarrierThread")) {
        return true;
      }
    }
    return false;
  }

  private @Nullable StackTraceElement pinningFrame() {
    for (var frame : stack) {
      if (frame.getMethodName().equals("<clinit>") || (frame.isNativeMethod() && !isOfJdk(frame))) {
        return frame;
      }
    }
    return null;
  }

  private @Nullable StackTraceElement innermostOfProgram() {
    for (var frame : stack) {
      if (!isOfJdk(frame) && !isOfTulip(frame)) {
        return frame;
      }
    }
    return null;
  }

  /// Those that stand above the first frame of the program.
  private List<StackTraceElement> jdkFrames() {
    int end = 0;
    while (end < stack.size() && isOfJdk(stack.get(end))) {
      end++;
    }
    return stack.subList(0, end);
  }

  private boolean waitsForLock() {
    return state == Thread.State.BLOCKED
        || jdkFrames().stream()
            .anyMatch(frame ->
                frame.getClassName().startsWith("java.util.concurrent.locks.")
                    && frame.getMethodName().equals("lock"));
  }

  private Lock lock(@Nullable StackTraceElement frame) {
    var blocker = LockSupport.getBlocker(thread);
    var monitor = LockHolder.of(thread);
    var name = blocker != null ? blocker.toString() : monitor == null ? "" : monitor.lock();
    return new Lock(name, monitor == null ? null : monitor.holder(), frame);
  }

  private static boolean isOfJdk(StackTraceElement frame) {
    var module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }

  /// The frames of the loop itself, which stand below every callback and task.
  private static boolean isOfTulip(StackTraceElement frame) {
    var name = frame.getClassName();
    return name.startsWith("tulip.core.")
        && (name.indexOf('.', "tulip.core.".length()) < 0 || name.startsWith("tulip.core.engine."));
  }
}
