// SPDX-License-Identifier: Apache-2.0
package tulip.core;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Stack traces without the calls that are the same in every task.
final class Stacks {
  private static final String TASK = Task.class.getName();
  private static final String LOOP = EventLoop.class.getName();

  /// How a task gives its turn back.
  private static final Set<String> SUSPENDING =
      Set.of("suspend", "suspendMasked", "yieldTurn", "letFirst");

  /// How a snapshot is taken, and a future made.
  private static final Set<String> LOOKING =
      names(
          Stacks.class,
          Snapshots.class,
          Traces.class,
          Traces.Traced.class,
          Future.class,
          ForeignFuture.class,
          Task.class);

  private static final Set<String> ENTRANCES =
      names(EventLoop.class, TaskGroup.class, Scope.class, MainTask.class, Tulip.class);

  private Stacks() {}

  private static Set<String> names(Class<?>... classes) {
    return Set.copyOf(Arrays.stream(classes).map(Class::getName).toList());
  }

  /// Where a task waits: from the call that suspended it, or the JDK's own wait, to its code.
  static List<StackTraceElement> ofTask(StackTraceElement[] frames) {
    int begin = 0;
    int end = frames.length;
    for (int i = 0; i < end; i++) {
      if (isBody(frames[i])) {
        end = i;
      } else if (frames[i].getClassName().equals(TASK)
          && SUSPENDING.contains(frames[i].getMethodName())) {
        begin = i + 1;
      }
    }
    while (begin < end && isMachinery(frames[begin])) {
      begin++;
    }
    while (begin < end && isWrapper(frames[end - 1])) {
      end--;
    }
    return List.of(frames).subList(begin, end);
  }

  /// Where the running code is, without the calls that ask.
  static List<StackTraceElement> here(int limit) {
    return StackWalker.getInstance()
        .walk(frames ->
            frames
                .map(StackWalker.StackFrame::toStackTraceElement)
                .takeWhile(frame -> !isBody(frame))
                .dropWhile(frame -> isMachinery(frame) || isEntrance(frame))
                .filter(frame -> !isWrapper(frame))
                .limit(limit)
                .toList());
  }

  /// Whether a frame begins the code of a task or of a callback.
  private static boolean isBody(StackTraceElement frame) {
    return is(frame, TASK, "run") || is(frame, LOOP, "call");
  }

  private static boolean is(StackTraceElement frame, String type, String method) {
    return frame.getClassName().equals(type) && frame.getMethodName().equals(method);
  }

  private static boolean isMachinery(StackTraceElement frame) {
    var type = frame.getClassName();
    return type.startsWith("java.lang.VirtualThread")
        || type.startsWith("java.lang.System$")
        || type.startsWith("jdk.internal.")
        || type.equals("java.util.concurrent.locks.LockSupport")
        || LOOKING.contains(type)
        || is(frame, "java.lang.Thread", "getStackTrace")
        || is(frame, LOOP, "snapshot");
  }

  private static boolean isEntrance(StackTraceElement frame) {
    return ENTRANCES.contains(frame.getClassName());
  }

  /// Whether a frame only turns one kind of code into another.
  private static boolean isWrapper(StackTraceElement frame) {
    return frame.getClassName().equals(Traces.Code.class.getName())
        || (isEntrance(frame) && frame.getMethodName().startsWith("lambda$"));
  }
}
