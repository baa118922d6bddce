// SPDX-License-Identifier: Apache-2.0
package tulip.core.diagnostics;

import org.jspecify.annotations.Nullable;

/// Why a loop stands still, as far as the stack of what has the turn tells.
public sealed interface BlockVerdict {
  /// What it does, to follow its name: `computes at ...`.
  String text();

  /// What to do about it: a sentence.
  String advice();

  /// It runs code.
  ///
  /// @param frame the innermost frame that is neither the JDK's nor Tulip's; `null` if there is
  ///   none
  record Computing(@Nullable StackTraceElement frame) implements BlockVerdict {
    @Override
    public String text() {
      return "computes" + at(frame);
    }

    @Override
    public String advice() {
      return "Move the work to Tulip.blocking, or let others go first now and then with Tulip.yield.";
    }
  }

  /// It waits on a thread that cannot leave the loop: below a class initialiser or a native frame.
  ///
  /// @param frame the frame that pins; `null` for a native one that Java's stack does not show
  record Pinned(@Nullable StackTraceElement frame) implements BlockVerdict {
    @Override
    public String text() {
      return "waits where its thread cannot leave the loop: "
          + (frame == null ? "a native frame" : frame)
          + " holds it";
    }

    @Override
    public String advice() {
      return "Wait outside of class initialisers and native code, or move the work to Tulip.blocking.";
    }
  }

  /// It waits for a lock or a monitor, and keeps the turn meanwhile.
  ///
  /// @param lock the lock, in the JVM's words; empty if the JVM does not say
  /// @param holder the name of the thread that holds it; `null` if the JVM does not say, as for all
  ///   virtual threads
  /// @param frame where, innermost outside of the JDK and Tulip; `null` if there is none
  record Lock(String lock, @Nullable String holder, @Nullable StackTraceElement frame)
      implements BlockVerdict {
    @Override
    public String text() {
      return "waits for a lock"
          + (lock.isEmpty() ? "" : ", " + lock + ",")
          + (holder == null ? "" : " that thread " + holder + " holds")
          + at(frame);
    }

    @Override
    public String advice() {
      return "Use tulip.core.sync.Lock among tasks, or move the work to Tulip.blocking.";
    }
  }

  /// It is in an operation of the JDK that is known to block the loop on every engine.
  ///
  /// @param call the operation: `a read of standard input`
  /// @param advice what to do instead
  /// @param frame where, innermost outside of the JDK and Tulip; `null` if there is none
  record BlockingCall(String call, String advice, @Nullable StackTraceElement frame)
      implements BlockVerdict {
    @Override
    public String text() {
      return "is in " + call + at(frame);
    }
  }

  /// It waits in foreign code, which on the baton engine keeps the turn.
  ///
  /// @param frame where, innermost outside of the JDK and Tulip; `null` if there is none
  record ForeignWait(@Nullable StackTraceElement frame) implements BlockVerdict {
    @Override
    public String text() {
      return "waits in foreign code" + at(frame);
    }

    @Override
    public String advice() {
      return "On the baton engine move it to Tulip.blocking; the carrier engine suspends just the"
          + " task.";
    }
  }

  private static String at(@Nullable StackTraceElement frame) {
    return frame == null ? "" : " at " + frame;
  }
}
